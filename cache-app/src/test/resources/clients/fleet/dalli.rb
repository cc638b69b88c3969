# Stores or counts 100 keys on several servers; see ForeignFleetIT.
require "dalli"
client = Dalli::Client.new(ARGV[2..], serializer: Marshal)
keys = (0...100).map { |i| "#{ARGV[1]}:#{i}" }
if ARGV[0] == "store"
  puts keys.count { |key| client.set(key, "value of #{key}", nil, raw: true) }
else
  puts keys.count { |key| client.get(key, raw: true) == "value of #{key}" }
end
