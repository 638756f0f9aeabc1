"""Commands that measure speed and segmentation against peers in the same run."""
