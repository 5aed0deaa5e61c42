"""Reports from the web: addresses fetched politely and safely, feeds and sitemaps followed to their reports.

Nothing here is loaded before an address is met; the rest of the program works without a network.
"""
