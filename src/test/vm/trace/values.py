"""What the errands name things and write into attributes: good values, borderline ones, broken ones."""

import random

SUBSYSTEMS = ['a', 'b', 'nqn.2024-01.io.example:c', 'd' * 222, 'e']
HOSTS = ['h1', 'nqn.2014-08.org.nvmexpress:uuid:11111111-2222-3333-4444-555555555555', 'H1']
PORTS = ['1', '2', '3', '4', '5']
NSIDS = ['1', '2', '3', '16']
ANA_GROUPS = ['2', '3', '128']
REFERRALS = ['r1', 'another referral']

# Names that some factory refuses, takes for another, or takes although nobody would expect it.
STRANGE_SUBSYSTEMS = [
    'nqn.2014-08.org.nvmexpress.discovery', 'nqn.2014-08.org.nvmexpress.discovery\n',
    'nqn.x:disc', 'd' * 224, 'd' * 223, 'D' * 255, 'x' * 256, 'with blank', 'new\nline', 'é' * 111,
    '-f', '.hidden', 'a\\b', 'a:b', 'A']
STRANGE_NUMBERS = [
    '0', '01', '0x1', '0X2', '+1', '-1', ' 1', '1 ', '1\n', '2\n\n', '08', '0x', 'x', '1.0', '127', '128', '129',
    '1023', '1024', '65535', '65536', '4294967294', '4294967295', '4294967296', '18446744073709551616', 'é']

BOOL = ['1', '0', '1\n', '0\n', 'y', 'n', 'on', 'off', 'yes', 'no', 'true', 'false', 'enable', 'disable']
BOOL_EDGE = ['Y', 'N', 'oN', 'OF', 'o', 'ox', 'T', 'F', 'e', 'D', '2', '-1', '01', '10', '1junk', 'null', '\t1']
NUMBER = ['0', '1', '2', '16', '128', '1024', '4096', '16384', '0x10', '010', '1\n']
NUMBER_EDGE = [
    '-1', '-2', '15', '17', '127', '129', '255', '256', '257', '1025', '16383', '16385', '65519', '65520', '65534',
    '65535', '65536', '65537', '70000', '131072', '2147483647', '2147483648', '-2147483648', '-2147483649',
    '4294967295', '4294967296', '18446744073709551615', '18446744073709551616', '-0', '+1', '+-1', '--1', '0X1F',
    '0x', '0xg', '08', '00', '007', '1.5', '1,5', '1e3', '1_000', '99999999999999999999999']
IPV4 = ['127.0.0.1', '127.0.0.1', '10.9.9.1', '10.9.9.1', '10.9.9.2', '10.8.8.1', '0.0.0.0', '127.0.0.2']
IPV6 = ['::1', '::1', '::', 'fd00:9::1', '::ffff:127.0.0.1', '::ffff:10.9.9.1', 'fe80::9%dummy0', 'fd00:8::1']
ADDRESS_EDGE = [
    '10.255.1.2', '255.255.255.255', '224.0.0.1', '127.255.255.255', '1.2.3', '1.2.3.4.5', '256.1.1.1', '010.9.9.1',
    '10.9.9.01', '0x7f.0.0.1', '127.1', '10.9.9.1/24', '10.9.9.1:4420', '127.0.0.1 junk', '169.254.1.1', '0.0.0.1',
    'fe80::9', 'fe80::9%lo', 'fe80::9%2', 'fe80::9%nope', 'fe80::9%', '::1%lo', 'ff02::1', 'ff02::1%dummy0',
        '::ffff:0.0.0.0',
    '::127.0.0.1', 'FD00:9::1', 'fd00:9:0:0:0:0:0:1', '0:0:0:0:0:0:0:1', '1::2::3', ':::', '[::1]', '::1:',
        '12345::',
    'localhost', 'vm', 'nn-0x1122334455667788:pn-0x1122334455667788', 'y' * 255, 'y' * 254 + '\n', 'y' * 257]
UUIDS = ['ed11ed14-565e-44c1-bbae-5d7814379d11', 'ED11ED14-565E-44C1-BBAE-5D7814379D12\n',
         '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
KEYS = ['DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:',
        'DHHC-1:01:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:\n',
        'DHHC-1:02:6mgJYAbcwBAZVyzBSdZQ8k2HVVqvQRGSTLJUx0Yl/Z3dXfaIXdO4SQs1QFnLVdqcnCOqWg==:',
        'DHHC-1:03:wNAQLlbQJfoxPdJhwGEWJGcEZUj7kEr0jDwqzzWjZ7ZJvQO2rSjGzbTKrxUzOFKyCRSoX9W2sz2+4Yc6b1nn9Fg3GbI=:']
KEYS_EDGE = ['\0', 'DHHC-1:', 'DHHC-1:0', 'DHHC-1::', 'DHHC-1:4:x', 'DHHC-1:256:x', 'DHHC-1:-1:x', 'DHHC-1: 1:x',
             'DHHC-1:00: \t\n', 'dhhc-1:00:x', 'DHHC-2:00:x', 'DHHC-1:0x1:x', 'DHHC-1:00:' + 'A' * 300]

# Attribute name: what is good there, and what is borderline. An attribute of the kernel that is not
# listed gets numbers and words of all kinds.
VALUES = {
    'attr_serial': (['SN0001', 'cafe', '0x1234', 'A' * 20, 'S N'], ['A' * 21, 'a\nb', 'é', 'a\tb', '0x', 'xyz',
        'f' * 16, 'f' * 17, '~', '\x7f', ' ']),
    'attr_model': (['Linux', 'M' * 40, 'Some Model 1'], ['M' * 41, 'a\nb', 'é', 'tab\tx', ' ', '~', '\x7f',
        'M' * 300]),
    'attr_firmware': (['fw1', 'F' * 8, 'a b'], ['F' * 9, 'é', 'a\nb', ' ', '\t']),
    'attr_ieee_oui': (['0x123456', '1193046', '0'], ['0xffffff', '0x1000000', '16777215', '16777216', '-1',
        '0123', 'zz']),
    'attr_version': (['1.3', '1.4', '2.0', '2.1', '1.2.1'], ['1', '0.9', '1.3.0.0', '65535.255.255', '65536.0',
        '1.256', '1.3x', '-1.2', '1.-2', '1. 3', ' 1.3', '1 .3', '1..3', '.1', '+1.3', '0x1.3', '4294967297.1',
        '01.010', '1.2.256', '1.2.', '99999999999999999999.1', '1.2147483648']),
    'attr_vendor_id': (['0x15b3', '5555', '0'], ['65535', '65536', '-1', '017']),
    'attr_subsys_vendor_id': (['0x15b3', '5555', '0'], ['65535', '65536', '-1', '017']),
    'attr_cntlid_min': (['1', '2', '100'], ['0', '3', '65518', '65519', '65520', '65535', '65536', '65537',
        '70000', '-1', ' 5', '5.5', '0x10', '+5', '10\njunk', '\t7', '131073']),
    'attr_cntlid_max': (['65519', '200', '3', '2'], ['0', '1', '65535', '65536', '65537', '65520', '70000',
        '-1', ' 5', '5x', '0x10', '99999999999999999999']),
    'attr_qid_max': (['128', '1', '8'], ['0', '127', '129', '65536', '65537', '65664', '65665', '-1', ' 4',
        '4.4', '0x4', '08']),
    'device_path': (['/dev/nvme0n1', '/dev/nvme1n1', '/dev/nullb0', '/tmp/f0.img', '/dev/nvme1n1\n'],
        ['/tmp/empty', '/dev/nonexistent', '/dev/zero', '/dev/null', '/tmp', '/', '/dev/nvme0', ' /dev/nvme0n1',
            '/dev/nvme0n1 ', '/dev/nvme0n1\njunk', 'nvme0n1', 'dev/nvme0n1',
         'x' * 300, '/' + 'x' * 255, '/' + 'x' * 256, '/x/' * 1365, '/x' * 2040, '/dev//nvme0n1',
             '/dev/../dev/nvme1n1', '/dev/nvme0n1/', '/dev/nvme0n1/.', '/tmp/f0.img/x', '/tmp/./f0.img',
         '/tmp/link', '/tmp/nowhere', '/tmp/socket', '/dev/nullb1', '/tmp/ümlaut', '(null)', '//dev/nullb0',
             '/dev/nvme0n1\0junk', '\0/dev/nvme0n1']),
    'device_uuid': (UUIDS, ['ed11ed14', 'ed11ed14565e44c1bbae5d7814379d11',
        'zz11ed14-565e-44c1-bbae-5d7814379d11', 'ed11ed14-565e-44c1-bbae-5d7814379d11x',
        ' ed11ed14-565e-44c1-bbae-5d7814379d11', 'ed11ed14:565e:44c1:bbae:5d7814379d11']),
    'device_nguid': (['ef90689c-6c46-d44c-89c1-4067801309a8', 'ef90689c6c46d44c89c14067801309a9\n',
        'EF:90:68:9C:6C:46:D4:4C:89:C1:40:67:80:13:09:A8'],
        ['ef90689c6c46d44c', 'zz', 'ef90689c6c46d44c89c14067801309a8ff', 'ef90689c6c46d44c89c14067801309a',
            'ef--90689c6c46d44c89c14067801309a8', '-ef90689c6c46d44c89c14067801309a8',
            'ef 90689c6c46d44c89c14067801309a8', 'e-f90689c6c46d44c89c14067801309a8',
            'ef90689c6c46d44c89c14067801309a8-', '0xef90689c6c46d44c89c14067801309a8']),
    'ana_grpid': (['1', '2', '3'], ['0', '127', '128', '129', '-1', '0x80', '4294967296', '010', '+3']),
    'p2pmem': (['0', '1', '0000:00:10.0', '0000:00:11.0'], ['auto', 'none', 'on', 'off', 'y', 'n', 'f', 't',
        'e', 'd', '00', '01', '1 ', '1\n', '0\n', '0x', '0\t', '1\x7f', '2', '0000:00:10.0\n', '00:10.0',
        '0000:0:10.0', '0000:00:1F.0', '0000:00:01.0', '0000:00:00.0', '0000:ff:00.0']),
    'addr_adrfam': (['ipv4', 'ipv6', 'ipv4\n'], ['ib', 'fc', 'loop', 'pci', 'pcie', 'intra-host', 'IPv4', 'ipv',
        'ipv4x', 'ipv4\n\n']),
    'addr_trtype': (['tcp', 'rdma', 'loop', 'tcp\n'], ['fc', 'pci', 'RDMA', 'rdma ', 'TCP', 'tcp\n\n', 'tc',
        'pcie', 'unused']),
    'addr_treq': (['not specified', 'required', 'not required'], ['not specified\n', 'Required', 'not',
        'not  required', 'required ']),
    'addr_tsas': (['none', 'tls1.3', 'connected'], ['tls1.2', 'datagram', 'none\n', 'TLS1.3', 'tls1.3\n',
        'connected\n']),
    'addr_traddr': (IPV4 + IPV6, ADDRESS_EDGE),
    'addr_trsvcid': (['4420', '4421', '8009', '4420\n'], ['0', '1', '65535', '65536', '0x1144', '010504',
        '+4420', '-1', '04420', '4420 4421', 'http', 'n' * 31, 'n' * 32, 'n' * 33, 'n' * 32 + '\n',
        'n' * 31 + '\n']),
    'addr_portid': (['1', '2', '0', '0x10'], ['65535', '65536', '-1', '010', '+7']),
    'param_mdts': (['0', '5', '10'], ['-1', '255', '256', '0x10', '-2147483648']),
    'param_inline_data_size': (['-1', '0', '4096', '16384'], NUMBER_EDGE),
    'param_max_queue_size': (['-1', '16', '128', '1024'], NUMBER_EDGE),
    'ana_state': (['optimized', 'non-optimized', 'inaccessible', 'persistent-loss', 'change'], ['Optimized',
        'optimized\n', 'optimised', 'non optimized', 'change\n\n']),
    'dhchap_key': (KEYS, KEYS_EDGE),
    'dhchap_ctrl_key': (KEYS, KEYS_EDGE),
    'dhchap_hash': (['hmac(sha256)', 'hmac(sha384)', 'hmac(sha512)'], ['sha256', 'hmac(sha256)x',
        'hmac(sha256)\n', 'HMAC(SHA256)', 'hmac(sha1)', 'hmac(sha224)', 'hmac(sha25']),
    'dhchap_dhgroup': (['null', 'ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'], ['null\n',
        'nullx', 'ffdhe2048x', 'FFDHE2048', 'ffdhe1024', 'ffdhe204']),
    'discovery_nqn': (['nqn.2014-08.org.nvmexpress.discovery', 'nqn.x:disc', 'nqn.2024-01.io.example:disc'],
        ['a', 'd', 'A', 'd' * 222, 'd' * 223, 'd' * 224, 'q' * 255, 'q' * 256, ' ', 'nqn with blank', 'é']),
    'admin_timeout': (NUMBER, NUMBER_EDGE), 'io_timeout': (NUMBER, NUMBER_EDGE), 'clear_ids': (['0', '1'],
        NUMBER_EDGE),
}
for _name in ('attr_allow_any_host', 'attr_pi_enable', 'param_pi_enable', 'enable', 'buffered_io',
    'resv_enable', 'revalidate_size'):
    VALUES[_name] = (BOOL, BOOL_EDGE)
PASSTHRU_PATHS = (['/dev/nvme0', '/dev/nvme1', '/dev/nvme1\n'], ['/dev/nvme0n1', '/dev/nope', '/dev/null',
    '/dev/nvme-fabrics', '/tmp', '/tmp/f0.img', '/dev/nvme0/', '/dev/ng0n1', 'nvme0', '/tmp/link',
    '/dev/nvme0\njunk', '\0'])


def mutated(rnd: random.Random, value: str) -> str:
    """A value with something done to it that a parser may or may not mind."""
    return rnd.choice([
        lambda v: v + '\n', lambda v: v + '\n\n', lambda v: '\n' + v, lambda v: ' ' + v, lambda v: v + ' ',
            lambda v: v + '\t', lambda v: v.upper(),
        lambda v: v[:-1], lambda v: v[1:], lambda v: v + v, lambda v: v + 'x', lambda v: v + '\0x',
            lambda v: '\0' + v, lambda v: v + 'é', lambda v: '+' + v,
        lambda v: v + '\r\n', lambda v: '"' + v + '"', lambda v: v * 40, lambda v: v + ' ' * 5000,
            lambda v: v + '\u00a0', lambda v: '\u00a0' + v,
        lambda v: '', lambda v: '\n', lambda v: '\0', lambda v: ' ', lambda v: v + '\\'])(value)


def value_for(rnd: random.Random, path: str) -> str:
    """Something to write to an attribute: mostly good, often borderline, sometimes broken."""
    name = path.rsplit('/', 1)[-1]
    good, edge = VALUES.get(name, (NUMBER + BOOL, NUMBER_EDGE + BOOL_EDGE))
    if '/passthru/' in path and name == 'device_path':
        good, edge = PASSTHRU_PATHS
    kind = rnd.random()
    if kind < 0.55:
        return rnd.choice(good)
    return rnd.choice(edge) if kind < 0.82 else mutated(rnd, rnd.choice(good + edge))
