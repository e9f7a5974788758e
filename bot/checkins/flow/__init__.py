"""What happens in this subject: each function gathers, lets a rule decide, keeps it in one transaction."""
