"""What somebody may want of a target, as operations one after the other."""

import os
import platform
import re

import values
from target import ROOT, at, read
from values import value_for

KERNEL = tuple(int(number) for number in re.match(r'(\d+)\.(\d+)', platform.release()).groups())


class Errands:
    """What somebody may want of a target. Each errand is a generator of operations that looks at the tree
    as it is when its next turn comes, since others have been at work in the meantime."""

    def __init__(self, rnd, tree, hosts):
        self.rnd, self.tree, self.hosts = rnd, tree, hosts

    def new(self, parent, good, strange):
        """A name to make something by: mostly a good one that is not taken yet."""
        free = [name for name in good if f'{parent}/{name}' not in self.tree.dirs]
        names = strange if self.rnd.random() < 0.15 else free if free and self.rnd.random() < 0.9 else good
        return f'{parent}/{self.rnd.choice(names)}'

    def some(self, paths, otherwise):
        return self.rnd.choice(paths) if paths else otherwise

    def subsystem(self):
        return self.some(self.tree.below('subsystems'), 'subsystems/a')

    def port(self):
        return self.some(self.tree.below('ports'), 'ports/1')

    def host(self):
        return self.some(self.tree.below('hosts'), 'hosts/h1')

    def write(self, directory, *names):
        """Writes to some of a directory's attributes: those named that it has, or whichever it has."""
        own = self.tree.of(directory)
        chosen = [path for path in own if os.path.basename(path) in names] if names else own
        if chosen:
            path = self.rnd.choice(chosen)
            yield 'write', path, value_for(self.rnd, path)
            if self.rnd.random() < 0.3:
                yield 'read', path

    def make_subsystem(self):
        path = self.new('subsystems', values.SUBSYSTEMS, values.STRANGE_SUBSYSTEMS)
        yield 'mkdir', path
        for _ in range(self.rnd.randrange(4)):
            yield from self.write(path)
        if self.rnd.random() < 0.7:
            yield 'write', path + '/attr_allow_any_host', '1'

    def make_namespace(self):
        path = self.new(self.subsystem() + '/namespaces', values.NSIDS, values.STRANGE_NUMBERS)
        yield 'mkdir', path
        yield from self.write(path, 'device_path')
        for _ in range(self.rnd.randrange(3)):
            yield from self.write(path)
        if self.rnd.random() < 0.6:
            yield 'write', path + '/device_path', self.rnd.choice(values.VALUES['device_path'][0])
        yield 'write', path + '/enable', '1'
        yield 'read', path + '/enable'

    def change_namespace(self):
        path = self.some(self.tree.below('subsystems/*/namespaces'), 'subsystems/a/namespaces/1')
        if self.rnd.random() < 0.5:
            yield 'write', path + '/enable', '0'
        for _ in range(1 + self.rnd.randrange(3)):
            yield from self.write(path)
        yield 'write', path + '/enable', '1'

    def make_port(self):
        path = self.new('ports', values.PORTS, values.STRANGE_NUMBERS)
        yield 'mkdir', path
        yield from self.address(path)
        for _ in range(self.rnd.randrange(3)):
            yield from self.write(path)
        yield from self.export(path)

    def address(self, path):
        """An address that could work, close to those of other ports, so that they meet."""
        trtype = self.rnd.choice(['tcp', 'tcp', 'tcp', 'rdma', 'rdma', 'loop', 'loop'])
        family = self.rnd.choice(['ipv4', 'ipv4', 'ipv6'])
        yield 'write', path + '/addr_trtype', trtype
        yield 'write', path + '/addr_adrfam', family
        yield 'write', path + '/addr_traddr', self.rnd.choice(values.IPV4 if family == 'ipv4' else values.IPV6)
        yield 'write', path + '/addr_trsvcid', self.rnd.choice(['4420', '4420', '4421'])
        if self.rnd.random() < 0.3:
            yield from self.write(path, 'addr_traddr', 'addr_trsvcid')

    def export(self, port=None):
        port, subsystem = port or self.port(), self.subsystem()
        name = os.path.basename(subsystem) if self.rnd.random() < 0.9 else 'other'
        yield 'symlink', f'{port}/subsystems/{name}', subsystem

    def change_port(self):
        path = self.port()
        if self.rnd.random() < 0.4:
            for link in [link for link in self.tree.links if link.startswith(path + '/')]:
                yield 'unlink', link
        for _ in range(1 + self.rnd.randrange(3)):
            yield from self.write(path)
        if self.rnd.random() < 0.5:
            yield from self.address(path)
        yield from self.export(path)

    def change_subsystem(self):
        path = self.subsystem()
        for _ in range(1 + self.rnd.randrange(3)):
            yield from self.write(path)
        yield from self.write(path, 'attr_cntlid_min', 'attr_cntlid_max', 'attr_qid_max')

    def admit(self):
        path = self.new('hosts', values.HOSTS, values.STRANGE_SUBSYSTEMS)
        yield 'mkdir', path
        for _ in range(self.rnd.randrange(3)):
            yield from self.write(path)
        subsystem, host = self.subsystem(), self.host()
        if self.rnd.random() < 0.6:
            yield 'write', subsystem + '/attr_allow_any_host', '0'
        name = os.path.basename(host) if self.rnd.random() < 0.9 else 'other'
        yield 'symlink', f'{subsystem}/allowed_hosts/{name}', host

    def refer(self):
        path = self.new(self.port() + '/referrals', values.REFERRALS, values.STRANGE_SUBSYSTEMS)
        yield 'mkdir', path
        for _ in range(self.rnd.randrange(5)):
            yield from self.write(path)
        yield from self.write(path, 'enable')
        yield from self.write(path)

    def group(self):
        path = self.new(self.port() + '/ana_groups', values.ANA_GROUPS, values.STRANGE_NUMBERS)
        yield 'mkdir', path
        yield from self.write(self.some(self.tree.below('ports/*/ana_groups'), path))
        yield 'read', self.some(self.tree.below('ports/*/ana_groups'), path) + '/ana_state'

    def pass_through(self):
        path = self.subsystem() + '/passthru'
        if path in self.tree.dirs:
            yield 'write', path + '/device_path', self.rnd.choice(['/dev/nvme0', '/dev/nvme1'])
            for _ in range(self.rnd.randrange(3)):
                yield from self.write(path)
            yield 'write', path + '/enable', self.rnd.choice('110')
            yield 'read', os.path.dirname(path) + '/attr_version'

    def discovery(self):
        yield from self.write('', 'discovery_nqn')

    def look(self):
        for _ in range(2):
            yield 'read', self.some(self.tree.attributes, 'discovery_nqn')

    def write_anything(self):
        path = self.some(self.tree.attributes, 'discovery_nqn')
        yield 'write', path, value_for(self.rnd, path)
        yield 'read', path

    def undo(self):
        """Takes something away, in an order that may or may not be allowed."""
        links, dirs = self.tree.links, self.tree.dirs
        made = [d for d in dirs if d.count('/') in (1, 3)]
        if links and self.rnd.random() < 0.5:
            yield 'unlink', self.rnd.choice(links)
        else:
            yield 'rmdir', self.some(made, 'subsystems/a')

    def tear_down(self):
        path = self.rnd.choice([self.subsystem, self.port, self.host])()
        for link in list(self.tree.links):
            if link.startswith(path + '/') or os.path.basename(link) == os.path.basename(path):
                yield 'unlink', link
        for below in [d for d in self.tree.dirs if d.startswith(path + '/') and d.count('/') == 3]:
            yield 'rmdir', below
        yield 'rmdir', path

    def blunder(self):
        """What no configuration needs: wrong verbs, wrong places, wrong targets."""
        tree, any_dir = self.tree, self.some(self.tree.dirs, 'ports')
        attribute, link = self.some(tree.attributes, 'ports/1/addr_traddr'), self.some(tree.links,
            'ports/1/subsystems/a')
        directory = self.rnd.choice(['ports/1', 'ports/1/subsystems', 'subsystems/a/allowed_hosts', any_dir])
        yield self.rnd.choice([
            ('mkdir', self.rnd.choice(['x', any_dir, any_dir + '/x', attribute, attribute + '/x', link,
                link + '/x', 'nowhere/x', any_dir + '/' + 'n' * 256])),
            ('rmdir', self.rnd.choice([any_dir, attribute, link, 'nowhere', 'subsystems',
                'ports/1/ana_groups/1', any_dir + '/x', attribute + '/x'])),
            ('unlink', self.rnd.choice([any_dir, attribute, 'nowhere', any_dir + '/x', attribute + '/x'])),
            ('symlink', f'{directory}/{self.rnd.choice(["x", "a", "n" * 256, "other"])}',
                self.rnd.choice([any_dir, attribute, 'nowhere', link, self.subsystem(), self.host(),
                self.port()])),
            ('write', self.rnd.choice([any_dir, any_dir + '/x', attribute + '/x', link]), '1'),
            ('read', self.rnd.choice([any_dir, any_dir + '/x', attribute, attribute + '/x', link])),
        ])

    def visit(self):
        """A host connects, mostly one that may. Which port an address leads to has to be certain."""
        links = [link for link in self.tree.links if link.startswith('ports/') and self.is_certain(link)]
        if links:
            link = self.rnd.choice(links)
            subsystem = os.path.relpath(os.path.realpath(at(link)), ROOT)
            allowed = [os.path.basename(path) for path in self.tree.links if path.startswith(subsystem + '/allowed_hosts/')]
            host = self.rnd.choice(values.HOSTS + [name for name in allowed if name in values.HOSTS] * 3)
            alone = self.value(subsystem + '/passthru/enable') != '1' or not self.hosts.live
            if (host, link) not in self.hosts.live.values() and alone:
                yield 'connect', link, host  # a drive that is passed through may know one host only

    def is_certain(self, link):
        port = link.split('/subsystems/')[0]
        trtype, traddr, trsvcid, tsas = (self.value(f'{port}/addr_{name}') for name in ('trtype', 'traddr',
            'trsvcid', 'tsas'))
        others = [other for other in self.tree.below('ports') if other != port and self.value(other + '/addr_trtype') == trtype]
        if trtype == 'loop':
            certain = not others
        elif trtype == 'rdma':
            certain = traddr in ('10.9.9.1', '10.9.9.2', 'fd00:9::1')
        else:
            # 5.10's own host falls over when a target lets go of it (nvme_tcp_try_send, kernel_sendpage).
            certain = trtype == 'tcp' and tsas != 'tls1.3' and KERNEL > (5, 10)
        return certain and (trtype == 'loop' or trsvcid in ('4420', '4421')) and re.fullmatch(
            r'[-.:\w]{1,222}', os.path.basename(os.readlink(at(link))), re.ASCII)

    def value(self, path):
        return read(at(path)).rstrip('\n') if os.path.exists(at(path)) else ''

    def leave(self):
        if self.hosts.live:
            host, link = self.rnd.choice(sorted(self.hosts.live.values()))
            yield 'disconnect', link, host

    WEIGHTS = {
        make_subsystem: 7, make_namespace: 11, change_namespace: 8, make_port: 9, change_port: 6, export: 6,
            change_subsystem: 5, admit: 7,
        refer: 3, group: 3, pass_through: 6, discovery: 1, look: 2, write_anything: 12, undo: 5, tear_down: 2,
            blunder: 7, visit: 10, leave: 2}
    BEGINNING = {make_subsystem: 4, make_port: 4, make_namespace: 1, admit: 1, blunder: 1, discovery: 1}

    def operations(self):
        """The operations of four errands at a time, whose turns come by chance."""
        under_way = []
        while True:
            while len(under_way) < 4:
                weights = self.BEGINNING if len(self.tree.dirs) < 15 else self.WEIGHTS
                errand, = self.rnd.choices(list(weights), list(weights.values()))
                under_way.append(errand(self))
            errand = self.rnd.choice(under_way)
            operation = next(errand, None)
            if operation is None:
                under_way.remove(errand)
            elif not is_hazard(self.hosts, *operation):
                yield operation


def is_hazard(hosts, verb, path, value='', *_):
    """Whether an operation could complete what docs/reference/hazards.md forbids on this kernel."""
    name, directory = os.path.basename(path), os.path.dirname(path)
    if verb == 'connect':  # HAZ-NSID-HUGE
        subsystem = os.path.realpath(at(path))
        return any(is_huge(nsid) for nsid in os.listdir(subsystem + '/namespaces'))
    elif verb != 'write':
        return False
    elif name.startswith('dhchap_') or name == 'device_path' and '/namespaces/' in path:  # HAZ-PAGE-END
        return len(value.encode().split(b'\n')[0]) > 4094
    elif name == 'addr_traddr':  # HAZ-TRADDR-256
        return 256 in (len(word) for word in value.encode().split())
    elif name == 'discovery_nqn':  # HAZ-DISCOVERY-NEWLINE
        return '\n' in value
    elif name in ('enable', 'buffered_io') and '/namespaces/' in path:
        return (hosts.live and is_huge(os.path.basename(directory))  # HAZ-NSID-HUGE
                or (5, 19) <= KERNEL < (7, 3) and is_null_path(directory, name))
    return False


def is_huge(nsid):
    return len(nsid.strip()) > 8


def is_null_path(namespace, changing):
    """HAZ-NULL-PATH: of a namespace without device_path, buffered_io is never set nor enabled."""
    try:
        return read(at(namespace + '/device_path')) == '(null)\n' and (
            changing == 'buffered_io' or read(at(namespace + '/buffered_io')) == '1\n')
    except OSError:
        return False
