"""Runs a command in a pseudo-terminal.

Arguments: rows, columns, the command. Lines on standard input: "send HEX", "resize ROWS COLUMNS", "modes".
Lines on standard output: "out HEX" for what the command printed, "modes TEXT" for the modes of the terminal,
"exit STATUS" at the end.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios


def resize(terminal, rows, columns):
    # The kernel sends SIGWINCH to the processes in the foreground.
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def act(line, master, slave):
    words = line.split()
    if words[0] == "send":
        os.write(master, bytes.fromhex(words[1]))
    elif words[0] == "resize":
        resize(master, int(words[1]), int(words[2]))
    elif words[0] == "modes":
        say("modes " + repr(termios.tcgetattr(slave)).replace(" ", ""))
    else:
        raise ValueError(line)


def relay(master):
    """Whether there was anything."""
    if not select.select([master], [], [], 0)[0]:
        return False
    say("out " + os.read(master, 65536).hex())
    return True


def enter_terminal():
    # As a shell in a terminal leaves them. What was started in the background ignores them.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def main():
    # Held open here, so that the modes can be asked for after the end of the command.
    master, slave = os.openpty()
    resize(master, int(sys.argv[1]), int(sys.argv[2]))
    process = subprocess.Popen(
        sys.argv[3:],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=enter_terminal,
    )
    commands = b""
    ended = False
    while True:
        ready, _, _ = select.select([0, master], [], [], 0.05)
        if master in ready:
            relay(master)
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                break
            commands += data
            *lines, commands = commands.split(b"\n")
            for line in lines:
                act(line.decode(), master, slave)
        if not ended and process.poll() is not None:
            while relay(master):
                pass
            ended = True
            status = process.returncode
            say("exit %d" % (status if status >= 0 else 128 - status))
    if not ended:
        process.kill()
        process.wait()


main()
