"""Reads what the library stored, all keys at once, and stores values of its own; see LibraryClientsIT."""
import json, sys
import memcache

client = memcache.Client([sys.argv[1]])
found = client.get_multi(sys.argv[2:])
print(json.dumps({key: value.decode() if isinstance(value, bytes) else value for key, value in found.items()}))
client.set("own:text", "Grüße")
client.set("own:number", 42)
client.set("own:json", json.dumps({"name": "Ada", "level": 3}))
client.set("own:bytes", b"\x00\xff")
