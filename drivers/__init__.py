"""Device families, one file each; nothing here knows of `app`."""
