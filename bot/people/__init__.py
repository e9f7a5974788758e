"""People: who is here, what they told us, how private they are, and whom they may meet. Nothing spans two servers."""
