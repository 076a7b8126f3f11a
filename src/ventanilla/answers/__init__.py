"""What people answer: its controls, how it is read, shown and refused."""
