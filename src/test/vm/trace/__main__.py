#!/usr/bin/env python3
"""Asks the running kernel's nvmet things and writes down what it answers, as JSON lines on stdout.

    python3 trace SEED OPERATIONS

The target has to be empty. What is asked depends on the seed and on what the target has become, so
the same seed on the same kernel asks the same. src/test/resources/traces/README.md describes the
lines, trace.sh prepares the machine. Requests come from several errands at a time (see `Errands`),
each of which wants something an administrator could want, badly typed now and then: states that
blind chance never finds are reached, and left in every order. What docs/reference/hazards.md forbids
is never sent. An oops of the kernel ends the run with status 3 and a last line `hazard`.
"""

import errno
import glob
import json
import os
import platform
import random
import re
import stat
import sys
import time

import values
from errands import Errands
from target import Hosts, Log, Tree, at, read

STATE_EVERY = 50


class Trace:
    """One run: operations are performed and written down, with the state now and then."""

    def __init__(self, seed):
        self.log, self.tree, self.hosts = Log(), Tree(), Hosts()
        self.errands = Errands(random.Random(seed), self.tree, self.hosts)
        self.seed = seed

    def emit(self, line, begun=None):
        """Writes a line, or the rest of one that has begun."""
        log = self.log.lines()
        if log:
            line['log'] = log
        text = json.dumps(line)
        print(', ' + text[1:] if begun else text, flush=True)
        if self.log.harm:
            time.sleep(1)
            self.log.lines()
            print(json.dumps({'op': 'hazard', 'kernel': platform.release(), 'stack': self.log.harm[:60]}),
                flush=True)
            sys.exit(3)

    def perform(self, verb, path, argument=None):
        operation = {'op': verb, 'path': path}
        if argument is not None:
            operation[{'symlink': 'target', 'write': 'value'}.get(verb, 'host')] = argument
        # Written down first: the machine may not survive it.
        print(json.dumps(operation)[:-1], end='', flush=True)
        line = {'errno': ''}
        before = len(self.hosts.live)
        try:
            if verb == 'write':
                file = os.open(at(path), os.O_WRONLY)
                try:
                    os.write(file, argument.encode())
                finally:
                    os.close(file)
            elif verb == 'read':
                line['value'] = read(at(path))
            elif verb == 'symlink':
                os.symlink(at(argument), at(path))
            elif verb in ('connect', 'disconnect'):
                getattr(self.hosts, verb)(argument, path)
            else:
                {'mkdir': os.mkdir, 'rmdir': os.rmdir, 'unlink': os.unlink}[verb](at(path))
        except OSError as refused:
            line['errno'] = errno.errorcode.get(refused.errno, str(refused.errno))
        if not line['errno']:
            self.tree.note(verb, path)
        if before or self.hosts.live or verb == 'connect':
            if len(self.hosts.settle()) < before:
                time.sleep(0.5)  # the target's half of a connection ends a little later
            self.log.flush()  # hosts on this machine write to its log whenever they like
            line['flushed'] = True
        self.emit(line, begun=operation)

    def state(self):
        self.emit({'op': 'state', 'tree': self.tree.state(), 'hosts': self.hosts.settle()})

    def run(self, count):
        self.emit(header(self.seed))
        self.state()
        for number, operation in enumerate(self.errands.operations(), 1):
            self.perform(*operation)
            if number % STATE_EVERY == 0 or number == count:
                self.state()
            if number == count:
                break
        self.clear()

    def clear(self):
        """Leaves an empty target for the next seed, as part of the trace: the last lines."""
        for host, link in sorted(self.hosts.live.values()):
            self.perform('disconnect', link, host)
        for link in list(self.tree.links):
            self.perform('unlink', link)
        for path in reversed(self.tree.dirs):
            if path.count('/') % 2 == 1 and not re.fullmatch(r'ports/[^/]*/ana_groups/1', path, re.DOTALL):
                self.perform('rmdir', path)
        if os.path.exists(at('discovery_nqn')):
            self.perform('write', 'discovery_nqn', 'nqn.2014-08.org.nvmexpress.discovery')
        self.state()


def header(seed):
    """The machine, as far as answers depend on it."""
    paths = ['/dev',
        '/tmp'] + sorted({v.split('\n')[0].strip() for v in values.VALUES['device_path'][1] + sum(values.PASSTHRU_PATHS, [])}
                                      | set(glob.glob('/dev/n*')) | {'/tmp/f0.img'})
    interfaces = {}
    for line in os.popen('ip -o addr').read().splitlines():
        index, name, _, address = line.split()[:4]
        face = interfaces.setdefault(name, {'index': int(index[:-1]), 'addresses': []})
        face['addresses'].append(address.split('/')[0])
    return {
        'kernel': platform.release(), 'seed': seed,
        'interfaces': interfaces, 'rdma': {'dummy0': 'rxe0'}, 'pci': sorted(os.listdir('/sys/bus/pci/devices')),
        'places': {path: place for path in paths if path.startswith('/') and '\0' not in path and (place := look_at(path))},
        'modules': sorted(name for name in os.listdir('/sys/module') if name.startswith(('nvme', 'rdma_rxe')))}


def look_at(path):
    """What is behind a path: its kind, and whether it refuses writing or O_DIRECT."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    kind = next((k for k in ('BLK', 'CHR', 'REG', 'DIR') if getattr(stat, 'S_IS' + k)(status.st_mode)), 'OTHER')
    place = {'kind': kind}
    if kind in ('BLK', 'CHR') and (drive := re.fullmatch(r'/dev/nvme(\d)(n1)?', os.path.realpath(path))):
        place['drive'] = int(drive[1])
    if kind == 'BLK' and read(f'/sys/dev/block/{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}/ro') == '1\n':
        place['read_only'] = True
    if kind == 'REG':
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_DIRECT))
        except OSError:
            place['buffered'] = True
    return place


if __name__ == '__main__':
    os.chdir('/')
    Trace(int(sys.argv[1])).run(int(sys.argv[2]))
