"""Who may do what: grants, and the policies, permissions and roles that they become."""
