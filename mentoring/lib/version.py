"""Which release this is, as files that leave the product say."""

VERSION = "0.1.0"
