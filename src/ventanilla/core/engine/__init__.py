"""What a case is and how it moves: commands in, facts out, state as the fold of the facts."""
