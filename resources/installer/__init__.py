"""What makes the program people get out of the checkout; not shipped itself."""
