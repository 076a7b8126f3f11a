"""Bounds of one message, so that no mail costs more than seconds and some hundred megabytes."""

from __future__ import annotations

from typing import Final

RAW_BYTES: Final = 80 * 1024 * 1024
HEADER_BYTES: Final = 256 * 1024
HEADER_LINES: Final = 2_000
HEADER_VALUE: Final = 20_000
PARAMETER_HEADER: Final = 4_000
DEPTH: Final = 20
PARTS: Final = 300
FILES: Final = 200
TEXT: Final = 500_000
HTML: Final = 1_000_000
ADDRESSES: Final = 100
REFERENCES: Final = 100
SUBJECT: Final = 500
NAME: Final = 200
FILE_NAME: Final = 120
REPORT_RECIPIENTS: Final = 50
