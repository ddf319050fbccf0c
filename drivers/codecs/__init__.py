"""Pure parts of device families: codecs and models, without input, output or threads."""
