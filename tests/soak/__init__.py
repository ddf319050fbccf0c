"""The whole program for minutes or hours, with everything going wrong around it."""
