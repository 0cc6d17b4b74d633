"""Web archives: WARC files, and WACZ files that hold them."""
