# Reads what the library stored, all keys at once, and stores values of its own; see LibraryClientsIT.
require "dalli"
require "json"
client = Dalli::Client.new(ARGV[0])
found = client.get_multi(*ARGV[1..])
puts JSON.generate(found.transform_values { |value| value.dup.force_encoding("UTF-8") })
# Without raw, Dalli stores Ruby's Marshal format, which only Ruby reads.
raw = { raw: true }
client.set("own:text", "Grüße", nil, raw)
client.set("own:number", 42, nil, raw)
client.set("own:json", JSON.generate({ name: "Ada", level: 3 }), nil, raw)
client.set("own:bytes", "\x00\xff".b, nil, raw)
