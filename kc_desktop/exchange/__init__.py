"""Workbooks of offices: Excel read and written, as rows of plain values; what they mean is the services' business."""
