"""Spans joined to objects: officials, zones, resolutions, measurements, findings."""
