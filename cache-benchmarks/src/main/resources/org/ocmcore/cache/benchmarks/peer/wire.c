// What memcached and this machine allow: many items over one socket, by one thread that writes and one that reads.
// Prints the seconds. Ends with 1 and a message if anything is wrong.
//
//   wire PORT store KEYS     set of each key of the file KEYS, one a line, with 100 bytes, quietly
//   wire PORT touch KEYS     a lifetime of an hour for each key, quietly
//   wire PORT delete KEYS    quietly
//   wire PORT metadump KEYS  reads the metadump of all keys and throws it away; there must be as many as in KEYS
//   wire PORT dump KEYS OUT  metadump, values by get of 100 keys, written to the file OUT, which is synced
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define VALUE_BYTES 100
#define KEYS_PER_GET 100
#define BUFFER_BYTES (1 << 18)
#define BUSY_MICROS 10000

typedef struct {
  char *text;
  int length;
} Key;

static Key *keys;
static long key_count;
static int server;
static const char *mode;
static double start;

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static void connect_to(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int yes = 1;
  server = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(server, (struct sockaddr *)&address, sizeof address) != 0) fail("cannot connect to port %d", port);
  setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

// The keys of a text whose lines begin with a prefix and end at a character; changes the text.
static void take_keys(char *text, const char *end, int prefix, char last) {
  long capacity = 1 << 16;
  keys = malloc(capacity * sizeof *keys);
  key_count = 0;
  while (text < end) {
    char *line_end = memchr(text, '\n', end - text);
    char *key_end = line_end ? memchr(text + prefix, last, line_end + 1 - text - prefix) : NULL;
    if (!key_end) break;
    if (key_count == capacity) keys = realloc(keys, (capacity *= 2) * sizeof *keys);
    keys[key_count++] = (Key){text + prefix, key_end - text - prefix};
    text = line_end + 1;
  }
}

static void read_keys(const char *path) {
  int file = open(path, O_RDONLY);
  off_t bytes = file < 0 ? -1 : lseek(file, 0, SEEK_END);
  if (bytes < 0) fail("cannot read %s", path);
  char *text = malloc(bytes);
  if (pread(file, text, bytes, 0) != bytes) fail("cannot read %s", path);
  close(file);
  take_keys(text, text + bytes, 0, '\n');
}

static char output[BUFFER_BYTES];
static size_t output_bytes;

static void flush_output(void) {
  for (size_t sent = 0; sent < output_bytes;) {
    ssize_t count = write(server, output + sent, output_bytes - sent);
    if (count <= 0) fail("the server has closed the connection");
    sent += count;
  }
  output_bytes = 0;
}

static void put(const char *bytes, size_t count) {
  if (output_bytes + count > sizeof output) flush_output();
  memcpy(output + output_bytes, bytes, count);
  output_bytes += count;
}

static void put_text(const char *text) { put(text, strlen(text)); }

static void put_request(Key key) {
  static const char value[VALUE_BYTES + 1] = {[0 ... VALUE_BYTES - 1] = 'x'};
  int is_store = mode[0] == 's';
  put_text(is_store ? "set " : mode[0] == 't' ? "mg " : "md ");
  put(key.text, key.length);
  put_text(is_store ? " 0 0 100 noreply\r\n" : mode[0] == 't' ? " T3600 q\r\n" : " q\r\n");
  if (is_store) {
    put(value, VALUE_BYTES);
    put_text("\r\n");
  }
}

static void *write_requests(void *unused) {
  for (long i = 0; i < key_count; i++) {
    if (mode[0] != 'd' || mode[1] != 'u') {
      put_request(keys[i]);
      continue;
    }
    put_text(i % KEYS_PER_GET == 0 ? "get " : " ");
    put(keys[i].text, keys[i].length);
    if (i % KEYS_PER_GET == KEYS_PER_GET - 1 || i == key_count - 1) put_text("\r\n");
  }
  put_text("mn\r\n");
  flush_output();
  return unused;
}

static ssize_t read_some(char *into, size_t most) {
  ssize_t count = read(server, into, most);
  if (count <= 0) fail("the server has closed the connection");
  return count;
}

// Whether the server refuses a list of keys, in a line.
static int is_refusal(const char *text, size_t length) {
  return length > 3 && memcmp(text, "key", 3) != 0 && memcmp(text, "END", 3) != 0 && text[length - 1] == '\n';
}

// Reads all there is, into a growing buffer or over and over into the same, until it ends with these bytes or
// refuses a list.
static char *read_until(const char *end, int keep, size_t *length) {
  size_t end_bytes = strlen(end), capacity = 4 * BUFFER_BYTES, held = 0, all = 0;
  char *buffer = malloc(capacity);
  while (held < end_bytes || memcmp(buffer + held - end_bytes, end, end_bytes) != 0) {
    if (keep && is_refusal(buffer, held)) break;
    if (!keep && held > end_bytes) {
      memmove(buffer, buffer + held - end_bytes, end_bytes);
      held = end_bytes;
    }
    if (held + BUFFER_BYTES > capacity) buffer = realloc(buffer, capacity *= 2);
    ssize_t count = read_some(buffer + held, BUFFER_BYTES);
    held += count;
    all += count;
  }
  *length = keep ? held : all;
  return buffer;
}

// The server's own crawler may be busy for a moment, which does not count.
static char *metadump(size_t *length) {
  char *text;
  do {
    start = now();
    put_text("lru_crawler metadump hash\r\n");
    flush_output();
    text = read_until("END\r\n", 1, length);
  } while (strncmp(text, "BUSY ", 5) == 0 && usleep(BUSY_MICROS) == 0);
  if (strncmp(text, "key=", 4) != 0) fail("metadump: %.60s", text);
  return text;
}

static void require_count(long found) {
  if (found != key_count) fail("there are %ld items, expected %ld", found, key_count);
}

// %XX of keys that metadump encodes.
static void decode_keys(void) {
  for (long i = 0; i < key_count; i++) {
    Key *key = &keys[i];
    if (!memchr(key->text, '%', key->length)) continue;
    int length = 0;
    for (int from = 0; from < key->length; from++, length++) {
      char hex[3] = {0};
      if (key->text[from] != '%') {
        key->text[length] = key->text[from];
        continue;
      }
      memcpy(hex, key->text + from + 1, 2);
      key->text[length] = strtol(hex, NULL, 16);
      from += 2;
    }
    key->length = length;
  }
}

// Writes each VALUE line and its data to the file; returns how many there were.
static long write_values(FILE *file) {
  static char input[4 * BUFFER_BYTES];
  size_t held = 0;
  for (long found = 0;;) {
    held += read_some(input + held, sizeof input - held);
    char *next = input, *end = input + held;
    for (char *line_end; (line_end = memchr(next, '\n', end - next)); ) {
      if (memcmp(next, "MN", 2) == 0) return found;
      size_t bytes = line_end + 1 - next;
      if (memcmp(next, "VALUE ", 6) == 0) {
        char *space = memrchr(next, ' ', bytes);
        bytes += atol(space + 1) + 2;
        if (next + bytes > end) break;
        fwrite(next, 1, bytes, file);
        found++;
      }
      next += bytes;
    }
    held = end - next;
    memmove(input, next, held);
  }
}

static void dump(const char *path) {
  size_t length;
  long expected = key_count;
  char *text = metadump(&length);
  take_keys(text, text + length, strlen("key="), ' ');
  if (key_count != expected) fail("there are %ld items, expected %ld", key_count, expected);
  decode_keys();
  FILE *file = fopen(path, "w");
  if (!file) fail("cannot write %s", path);
  setvbuf(file, NULL, _IOFBF, 4 * BUFFER_BYTES);
  pthread_t writer;
  pthread_create(&writer, NULL, write_requests, NULL);
  require_count(write_values(file));
  pthread_join(writer, NULL);
  if (fflush(file) != 0 || fsync(fileno(file)) != 0) fail("cannot write %s", path);
  fclose(file);
}

static void read_metadump(void) {
  size_t length;
  char *text = metadump(&length);
  long lines = 0;
  for (char *next = text; (next = memchr(next, '\n', text + length - next)); next++) lines++;
  require_count(lines - 1);
}

static void change_all(void) {
  size_t length;
  pthread_t writer;
  pthread_create(&writer, NULL, write_requests, NULL);
  read_until("MN\r\n", 0, &length);
  pthread_join(writer, NULL);
  // Quiet commands answer failures only; but a touch is answered HD.
  size_t expected = strlen("MN\r\n") + (mode[0] == 't' ? key_count * strlen("HD\r\n") : 0);
  if (length != expected) fail("%s of %ld items was answered with %zu bytes, expected %zu", mode, key_count, length, expected);
}

int main(int count, char **arguments) {
  if (count < 4) fail("usage: wire PORT store|touch|delete|metadump|dump KEYS [OUT]");
  mode = arguments[2];
  read_keys(arguments[3]);
  connect_to(atoi(arguments[1]));
  start = now();
  if (strcmp(mode, "metadump") == 0) read_metadump();
  else if (strcmp(mode, "dump") == 0 && count == 5) dump(arguments[4]);
  else if (strcmp(mode, "store") == 0 || strcmp(mode, "touch") == 0 || strcmp(mode, "delete") == 0) change_all();
  else fail("wrong mode %s", mode);
  printf("%.6f\n", now() - start);
  return 0;
}
