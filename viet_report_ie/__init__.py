"""Read Vietnamese news and reports: officials, zones, resolutions, and every figure with what it measures."""
