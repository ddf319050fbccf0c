"""The local door: the control channel every face of Giftwire goes through."""
