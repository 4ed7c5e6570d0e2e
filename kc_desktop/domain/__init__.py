"""What the office's work means: records, words and rules. Standard library only, no input or output."""
