<?php
// Stores or counts 100 keys on several servers (host:port or host:port:weight); see ForeignFleetIT.
$client = new Memcached();
$client->setOption(Memcached::OPT_LIBKETAMA_COMPATIBLE, true);
foreach (array_slice($argv, 3) as $server) {
    [$host, $port, $weight] = explode(':', $server . ':0');
    $client->addServer($host, (int) $port, (int) $weight);
}
$count = 0;
for ($i = 0; $i < 100; $i++) {
    $key = $argv[2] . ':' . $i;
    $value = 'value of ' . $key;
    $count += ($argv[1] === 'store' ? $client->set($key, $value) : $client->get($key) === $value) ? 1 : 0;
}
echo $count, "\n";
