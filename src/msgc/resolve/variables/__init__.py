"""What a file leaves open for each deployment: environments, inputs and placeholders."""
