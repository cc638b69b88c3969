<?php
// Reads what the library stored, all keys at once, and stores values of its own; see LibraryClientsIT.
[$host, $port] = explode(':', $argv[1]);
$client = new Memcached();
$client->addServer($host, (int) $port);
echo json_encode($client->getMulti(array_slice($argv, 2)), JSON_FORCE_OBJECT), "\n";
$client->set('own:text', 'Grüße');
$client->set('own:number', 42);
$client->set('own:json', json_encode(['name' => 'Ada', 'level' => 3]));
$client->set('own:bytes', "\x00\xff");
