"""Reads what the library stored, all keys at once, and stores values of its own; see LibraryClientsIT."""
import json, sys
from pymemcache import serde
from pymemcache.client.base import Client

host, port = sys.argv[1].rsplit(":", 1)
client = Client((host, int(port)), serde=serde.pickle_serde)
found = client.get_many(sys.argv[2:])
print(json.dumps({key: value.decode() if isinstance(value, bytes) else value for key, value in found.items()}))
client.set("own:text", "Grüße", noreply=False)
client.set("own:number", 42, noreply=False)
client.set("own:json", json.dumps({"name": "Ada", "level": 3}), noreply=False)
client.set("own:bytes", b"\x00\xff", noreply=False)
