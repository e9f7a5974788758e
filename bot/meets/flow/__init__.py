"""What meetings do: presses and duties."""
