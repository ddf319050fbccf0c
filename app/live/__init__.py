"""Where events come from: the stream's link, its frames, decoding, exact counting, recordings."""
