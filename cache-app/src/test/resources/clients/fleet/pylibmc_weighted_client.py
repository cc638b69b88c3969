# Stores or counts 100 keys on several servers; see ForeignRingIT.
import sys
import pylibmc

client = pylibmc.Client(sys.argv[3:], behaviors={"ketama_weighted": True})
keys = ["%s:%d" % (sys.argv[2], i) for i in range(100)]
if sys.argv[1] == "store":
    print(sum(1 for key in keys if client.set(key, "value of " + key)))
else:
    print(sum(1 for key in keys if client.get(key) == "value of " + key))
