"""What reviews do: presses and duties."""
