"""The look that staff and client screens share: style, templates, words for time."""
