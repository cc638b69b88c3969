# Stores or counts 100 keys on several servers; see ForeignFleetIT.
import sys
import memcache

servers = [server.split(":") for server in sys.argv[3:]]
client = memcache.Client([(":".join(server[:2]), int((server + [1])[2])) for server in servers])
keys = ["%s:%d" % (sys.argv[2], i) for i in range(100)]
if sys.argv[1] == "store":
    print(sum(1 for key in keys if client.set(key, "value of " + key)))
else:
    print(sum(1 for key in keys if client.get(key) == "value of " + key))
