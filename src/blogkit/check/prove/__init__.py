"""Methods that prove, one a file."""
