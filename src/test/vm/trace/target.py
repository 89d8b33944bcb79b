"""The target of the running kernel: its tree, what the kernel says, hosts that connect to it."""

import errno
import os
import re
import time

ROOT = '/sys/kernel/config/nvmet'


def at(path):
    return f'{ROOT}/{path}'


def read(path):
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 8192).decode(errors='replace')
    finally:
        os.close(file)


class Log:
    """What the kernel says while it answers: nvmet's lines, and whether it has come to harm."""

    HARM = re.compile(r'BUG: (?!soft|workqueue)|Oops|general protection|refcount_t: |blocked for more than|Kernel panic')

    PASSING = re.compile(r'nvmet: [Cc]reat(ed|ing) |nvmet_tcp: (queue|pdu) \d+|nvmet_tcp: failed cmd |nvmet: Failed to setup auth')

    def __init__(self):
        self.file = os.open('/dev/kmsg', os.O_RDWR | os.O_NONBLOCK)
        os.lseek(self.file, 0, os.SEEK_END)
        self.harm = []

    def lines(self):
        """nvmet's lines since the last call, but for those that count hosts and queues as they come."""
        found = []
        while True:
            try:
                record = os.read(self.file, 8192).decode(errors='replace')
            except BlockingIOError:
                return found
            except BrokenPipeError:  # overwritten before it was read
                continue
            text = record.split(';', 1)[1].split('\n', 1)[0]
            if text.startswith(('nvmet', 'nvme_loop')) and not self.PASSING.match(text):
                found.append(text)
            if self.harm or self.HARM.search(text):
                self.harm.append(text)


    def flush(self):
        """Completes a line that nvmet left open, which anybody's next line does, too."""
        os.write(self.file, b'<7>trace')


class Hosts:
    """Hosts on this machine that connect to its own target, and stay until they leave or are dropped."""

    def __init__(self):
        self.live = {}  # controller -> (host, link)

    def connect(self, host, link):
        port = link.split('/subsystems/')[0]
        trtype, traddr, trsvcid = (read(at(f'{port}/addr_{a}')).rstrip('\n') for a in ('trtype', 'traddr',
            'trsvcid'))
        nqn = os.path.basename(os.readlink(at(link)))
        traddr = {'0.0.0.0': '127.0.0.1', '::': '::1'}.get(traddr, traddr)
        where = '' if trtype == 'loop' else f',traddr={traddr},trsvcid={trsvcid},ctrl_loss_tmo=0'
        host_id = f'00000000-0000-0000-0000-{sum(host.encode()):012x}'
        options = f'transport={trtype},nqn={nqn},hostnqn={host},hostid={host_id},nr_io_queues=1{where}'
        fabrics = os.open('/dev/nvme-fabrics', os.O_RDWR)
        try:
            os.write(fabrics, options.encode())
            instance = re.search(r'instance=(\d+)', os.read(fabrics, 200).decode())[1]
        finally:
            os.close(fabrics)
        self.live[f'nvme{instance}'] = (host, link)

    def disconnect(self, host, link):
        for controller, connected in self.live.items():
            if connected == (host, link):
                with open(f'/sys/class/nvme/{controller}/delete_controller', 'w') as file:
                    file.write('1')

    def settle(self):
        """Waits until each controller is live or gone; returns those that remain."""
        deadline = time.monotonic() + 20
        while self.live and time.monotonic() < deadline:
            states = {}
            for controller in self.live:
                try:
                    states[controller] = read(f'/sys/class/nvme/{controller}/state').strip()
                except OSError:
                    states[controller] = 'gone'
            self.live = {c: h for c, h in self.live.items() if states[c] != 'gone'}
            if all(state in ('live', 'gone') for state in states.values()):
                break
            time.sleep(0.05)
        return sorted(f'{host} {link}' for host, link in self.live.values())


class Tree:
    """The target's directories, attributes and links, each sorted. To walk them all takes time in an emulated
    machine, so operations are followed, and only a state looks anew."""

    def __init__(self):
        self.look()

    def look(self):
        self.dirs, self.attributes, self.links = [], [], []
        self.walk('')
        for kind in (self.dirs, self.attributes, self.links):
            kind.sort()

    def walk(self, directory):
        with os.scandir(at(directory)) as entries:
            for entry in entries:
                path = f'{directory}/{entry.name}' if directory else entry.name
                if entry.is_symlink():
                    self.links.append(path)
                elif entry.is_dir():
                    self.dirs.append(path)
                    self.walk(path)
                else:
                    self.attributes.append(path)

    def note(self, verb, path):
        """What an operation that succeeded has changed."""
        if verb == 'mkdir':
            self.dirs.append(path)
            self.walk(path)
        elif verb == 'rmdir':
            self.dirs = [other for other in self.dirs if other != path and not other.startswith(path + '/')]
            self.attributes = [other for other in self.attributes if not other.startswith(path + '/')]
        elif verb == 'symlink':
            self.links.append(path)
        elif verb == 'unlink':
            self.links.remove(path)
        else:
            return
        for kind in (self.dirs, self.attributes, self.links):
            kind.sort()

    def of(self, directory):
        """A directory's attributes."""
        prefix = directory + '/' if directory else ''
        return [path for path in self.attributes if path.startswith(prefix) and '/' not in path[len(prefix):]]

    def below(self, parent):
        """The directories made in one, such as `subsystems`; `*` stands for any name."""
        names = parent.split('/')
        return [path for path in self.dirs if path.count('/') == len(names)
                and all(name in ('*', other) for name, other in zip(names, path.split('/')))]

    def state(self):
        self.look()
        tree = {path: {} for path in self.dirs}
        for path in self.attributes:
            try:
                tree[path] = read(at(path))
            except OSError as refused:
                tree[path] = {'errno': errno.errorcode[refused.errno]}
        for path in self.links:
            target = os.path.normpath(os.path.join(at(os.path.dirname(path)), os.readlink(at(path))))
            tree[path] = {'link': os.path.relpath(target, ROOT), 'errno': ''}
        return tree
