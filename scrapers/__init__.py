"""The network: site files in, archived captures and run files out.

`site` reads what people write, `crawl` runs a site, `http` is the only module that speaks HTTP, and
`platforms` holds one pure module per content management system.
"""
