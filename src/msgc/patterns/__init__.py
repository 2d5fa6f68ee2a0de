"""Grammar and limits of event patterns and filter policies."""
