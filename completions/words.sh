# shellcheck shell=sh
# What nvmetsh's commands, options and attributes are called, for candidates.sh. Written from the
# program's own tables by CompletionWordsTest: mvn test -Dtest=CompletionWordsTest -Dnvmetsh.docs=accept

program_options() { # NAME|VALUE|MEANING
  cat << 'END'
sim||a simulated machine instead of this one: 5.10, 6.1, 6.12, 7.3, ofed-4.1 (default), ofed-4.6, ofed-5.0, ofed-25.10; or machine, the kernel of the dump
sim-state|FILE|keep the simulated kernel's state in FILE
machine|FILE|the drives, adapters and modules of a dump, with --sim
sim-hazards||send the simulated kernel what crashes the real one, to see what happens
sim-fault|N=ERRNO|let the simulated kernel refuse the Nth change, or (N=hang) never answer it
root|DIR|another configfs mount, or a copy of one
state-dir|DIR|where the journal and checkpoints are kept; /var/lib/nvmetsh by default
read-only||refuse every change; automatic when not root
dry-run||show what would be done, or where it would fail, and do nothing
json||one JSON document a command on standard output
no-pager||what is longer than the screen is shown at once
yes||agree to disconnect hosts; with the machine's NAME, to delete everything
param|NAME=VALUE|a parameter of the script; may be repeated
color|WHEN|auto (default), always or never
status-line||keep the last row of the screen for the state of things
file|FILE|run a script; - is standard input
version||show the version
help||show this help
END
}

commands() { # NAME|MEANING
  cat << 'END'
cd|go to another directory of the target
pwd|show the directory the shell is in
ls|list a directory
tree|show a directory with everything below it
topology|show or draw what hosts reach through ports, down to the drives
find|find objects by their attributes
get|show attributes
set|set attributes
unset|give attributes back the values of a new object
edit|change the attributes of an object in an editor
create|make a subsystem, namespace, port, host, referral or ANA group
copy|make a subsystem, namespace, port, host or referral like another one
rename|give a subsystem, namespace, port, host or referral another name
delete|remove a subsystem, namespace, port, host, referral, ANA group or link
enable|make a namespace, passthru controller or referral visible to hosts
disable|hide a namespace, passthru controller or referral from hosts
activate|put a port, namespace or referral into effect again
deactivate|take a port, namespace or referral out of effect and keep it
link|link a subsystem into a port, or a host into a subsystem
unlink|take a subsystem off a port, or a host off a subsystem
devices|list the NVMe drives and what they are in use for
nics|list the RDMA devices, their addresses and whether they can offload
modules|list, load or unload kernel modules, set options
machine|say what machine and kernel this is, or write it down
offload|say whether subsystems are offloaded, and why not; switch it; set it up
watch|show something again and again, with what has changed
check|list what stands in the way of offload
plan-memory|work out memory for staging buffers, and what to type for it
doctor|say whether this machine is ready for offload
save|write the target down in a file that nvmetcli reads, too
load|make the target what a file says
boot-restore|load the configuration at boot, as far as it goes
diff|compare the target with a file, or two files
plan|show what load would do, and whom it cuts off
apply|do what a saved plan says
clear|remove everything, from links to hosts
checkpoint|keep the target as it is under a name
rollback|go back to before an earlier line, or to a checkpoint
undo|take back the last line that changed something
confirm|keep what --confirm would take back
failed|show what was not done of the last load or script
recover|finish or take back what was interrupted
record|keep what is done as a script, or say whether that is so
replay|run a script
script|describe a script, make another file of it, or it of another file
param|declare a parameter of a script
require|say what a script relies on
history|show the lines typed before
connect-cmd|print what a client types to connect
explain|explain an attribute, module parameter, rule, hazard, errno or command
why|say what stands in the way: of hosts, of changes, of removal, of offload
help|list the commands, explain one, or look for a word
exit|leave the shell
END
}

aliases() { # WORD|NAME
  cat << 'END'
cd|cd
pwd|pwd
ls|ls
dir|ls
tree|tree
topology|topology
find|find
get|get
show|get
cat|get
set|set
unset|unset
edit|edit
create|create
mkdir|create
copy|copy
cp|copy
rename|rename
mv|rename
delete|delete
rmdir|delete
rm|delete
enable|enable
disable|disable
activate|activate
deactivate|deactivate
link|link
ln|link
unlink|unlink
devices|devices
nics|nics
modules|modules
machine|machine
offload|offload
watch|watch
check|check
plan-memory|plan-memory
doctor|doctor
save|save
saveconfig|save
load|load
restoreconfig|load
boot-restore|boot-restore
diff|diff
plan|plan
apply|apply
clear|clear
checkpoint|checkpoint
rollback|rollback
undo|undo
confirm|confirm
failed|failed
recover|recover
record|record
replay|replay
source|replay
script|script
param|param
require|require
history|history
connect-cmd|connect-cmd
explain|explain
why|why
help|help
?|help
exit|exit
quit|exit
bye|exit
END
}

command_arguments() { # NAME|POSITION|KIND|CHOICES
  cat << 'END'
cd|0|NODE|
ls|0|NODE|
tree|0|NODE|
topology|0|NODE|
find|*|WORD|
get|*|ENTRY|
set|*|ASSIGNMENT|
unset|0|ENTRY|
unset|*|WORD|
edit|0|NODE|
create|0|NEW_NODE|
create|*|ASSIGNMENT|
copy|0|REMOVABLE|
copy|1|NEW_NODE|
copy|*|ASSIGNMENT|
rename|0|REMOVABLE|
rename|1|NEW_NODE|
delete|*|REMOVABLE|
enable|0|SWITCHED|
disable|0|SWITCHED|
activate|0|SWITCHED|
deactivate|0|SWITCHED|
link|0|LINK_TARGET|
link|1|HOLDER|
unlink|0|LINK|
unlink|1|HOLDER|
modules|0|CHOICE|load unload set unset
modules|1|WORD|
modules|*|WORD|
machine|0|CHOICE|dump
machine|1|FILE|
offload|*|WORD|
watch|0|WORD|
watch|*|LINE|
check|0|NODE|
save|0|FILE|
load|0|FILE|
boot-restore|0|FILE|
diff|0|FILE|
diff|1|FILE|
plan|0|FILE|
apply|0|FILE|
checkpoint|0|WORD|
rollback|0|WORD|
undo|0|WORD|
record|0|FILE|
replay|0|SCRIPT|
script|0|CHOICE|info parameterise translate inverse export import
script|1|SCRIPT|
script|*|WORD|
param|0|WORD|
param|1|WORD|
require|0|CHOICE|attribute device address path linux ofed target
require|1|WORD|
require|*|WORD|
history|0|WORD|
connect-cmd|0|NODE|
explain|0|WORD|
why|0|ENTRY|
help|0|COMMAND|
END
}

command_options() { # NAME|OPTION|LETTER|KIND OF VALUE, - FOR NONE|MEANING
  cat << 'END'
ls|long|l|-|also the attributes with their values
tree|depth|L|WORD|no deeper than N levels
topology|svg||-|a picture that any browser shows
topology|dot||-|for graphviz
topology|output|o|FILE|write the picture to a file
topology|force|f|-|replace that file
find|fields||WORD|show these attributes of what is found
get|all|a|-|also the values that a new object has
get|commands|c|-|the lines that make it, with all it holds
set|force|f|-|ask the kernel although a check objects; never a hazard
unset|force|f|-|ask the kernel although a check objects; never a hazard
edit|force|f|-|ask the kernel although a check objects; never a hazard
create|if-missing||-|do nothing when it is there already
create|parents|p|-|the same, and make what is missing above it
create|force|f|-|ask the kernel although a check objects; never a hazard
copy|links|l|-|linked like it, too, and with the same links
copy|force|f|-|ask the kernel although a check objects; never a hazard
copy|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
rename|force|f|-|ask the kernel although a check objects; never a hazard
rename|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
rename|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
delete|recursive|r|-|with all it holds and all links to it
delete|if-present|f|-|do nothing when it is not there
delete|force||-|ask the kernel although a check objects; never a hazard
enable|force|f|-|ask the kernel although a check objects; never a hazard
disable|force|f|-|ask the kernel although a check objects; never a hazard
activate|force|f|-|ask the kernel although a check objects; never a hazard
deactivate|force|f|-|ask the kernel although a check objects; never a hazard
link|symbolic|s|-|as ln has it; links are always symbolic
link|force|f|-|ask the kernel although a check objects; never a hazard
devices|all|a|-|also other block devices
nics|all|a|-|also every address, with RDMA or without
modules|all|a|-|all parameters of the modules, not only those of offload
modules|force|f|-|ask the kernel although a check objects; never a hazard
machine|force|f|-|replace the file
offload|force|f|-|ask the kernel although a check objects; never a hazard
offload|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
offload|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
watch|count|n|WORD|how often; until Ctrl-C without it
plan-memory|ram||WORD|what the machine has; what is installed in this one, if it tells
plan-memory|buffer||WORD|one staging buffer, a power of two; 256M
plan-memory|contexts||WORD|how many of them: one for each port, subsystem and queue; 8
plan-memory|drives||WORD|instead: how many drives, each a subsystem of its own
plan-memory|ports||WORD|how many ports each of these is linked to; 1
plan-memory|size||WORD|instead: all buffers together
plan-memory|start||WORD|where they begin, to be checked
plan-memory|mem||WORD|where the kernel's memory ends, to be checked
save|secrets||FILE|write the hosts' keys to this file
save|only||NODE|this host, subsystem or port and what it needs; may be repeated
save|devices||-|say which drives are behind the namespaces
save|force|f|-|replace the file
load|secrets||FILE|take the hosts' keys from this file
load|only||NODE|this host, subsystem or port and what it needs; may be repeated
load|merge||-|what the file does not have stays
load|allow-delete||-|also where nothing is left to do but remove
load|force|f|-|ask the kernel although a check objects; never a hazard
load|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
load|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
boot-restore|secrets||FILE|take the hosts' keys from this file
boot-restore|wait||WORD|for late drives and addresses; 60s when not given
boot-restore|report||-|show what came of it the last time
diff|secrets||FILE|take the hosts' keys from this file
diff|only||NODE|this host, subsystem or port and what it needs; may be repeated
plan|secrets||FILE|take the hosts' keys from this file
plan|only||NODE|this host, subsystem or port and what it needs; may be repeated
plan|merge||-|what the file does not have stays
plan|output|o|FILE|write it to a file for apply
plan|force|f|-|replace that file
plan|exit-code||-|end in status 2 when there is something to do
apply|force|f|-|ask the kernel although a check objects; never a hazard
apply|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
apply|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
checkpoint|delete||-|forget the checkpoint
checkpoint|force|f|-|replace the checkpoint
rollback|force||-|also where something else was changed since
rollback|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
rollback|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
undo|force||-|also where something else was changed since
undo|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
failed|output|o|FILE|write it to a file instead
failed|force|f|-|replace the file
recover|undo||-|take back what was done
recover|finish||-|do what was left
recover|forget||-|leave it as it is
recover|param|p|WORD|value of a parameter; repeatable
recover|expired||WORD|take back what was to be confirmed and was not; what the timer runs
record|reason||WORD|why, for the head of the file
record|last||WORD|begin with the last N lines already run
record|param|p|WORD|write ${NAME} wherever the value stands; repeatable
record|output||-|keep also what was looked at, with what was shown
record|force|f|-|replace the file when it exists
replay|param|p|WORD|value of a parameter; repeatable
replay|on-error||WORD|when a change is refused, take back what is done, leave the rest, or go on
replay|confirm||WORD|take it back after this time, such as 5m, unless confirm follows
replay|verify||-|compare what is there with what the script expects
replay|force|f|-|also where what it makes is there already, and is another
replay|step||-|ask before each line
replay|from||WORD|begin at line N; those before it are done
replay|to||WORD|end with line N; those behind it are left
script|bash||-|export to plain bash
script|nvmetcli||-|export what it leads to, as nvmetcli's file
script|output|o|FILE|write to a file instead of showing
script|force|f|-|replace the file when it exists
script|param|p|WORD|value of a parameter; repeatable
connect-cmd|bare|b|-|without comments
connect-cmd|host||HOST|for this host only
help|keyword|k|WORD|whatever has WORD in its name or summary
*|json||-|one JSON document instead of text
*|dry-run||-|show what would be done, or where it would fail, and do nothing
*|yes||-|do it although hosts are disconnected
*|help|h|-|show the help of the command
END
}

places() { # PARENT|NAME, EMPTY FOR ANY|KIND
  cat << 'END'
ROOT|subsystems|SUBSYSTEMS
ROOT|ports|PORTS
ROOT|hosts|HOSTS
SUBSYSTEMS||SUBSYSTEM
SUBSYSTEM|namespaces|NAMESPACES
SUBSYSTEM|allowed_hosts|ALLOWED_HOSTS
SUBSYSTEM|passthru|PASSTHRU
NAMESPACES||NAMESPACE
NAMESPACE|offload_ctxs|OFFLOAD_CTXS
OFFLOAD_CTXS||OFFLOAD_CTX
PORTS||PORT
PORT|subsystems|PORT_SUBSYSTEMS
PORT|referrals|REFERRALS
PORT|ana_groups|ANA_GROUPS
REFERRALS||REFERRAL
ANA_GROUPS||ANA_GROUP
HOSTS||HOST
END
}

attributes() { # KIND|NAME|SOURCE|MEANING
  cat << 'END'
ROOT|discovery_nqn|NONE|NQN of the discovery subsystem; no subsystem's name may begin with it
HOST|dhchap_key|NONE|key the host proves itself with
HOST|dhchap_ctrl_key|NONE|key this target proves itself to the host with
HOST|dhchap_hash|NONE|hash of the authentication
HOST|dhchap_dhgroup|NONE|Diffie-Hellman group of the authentication
SUBSYSTEM|attr_allow_any_host|NONE|whether any host may connect; excludes links in allowed_hosts
SUBSYSTEM|attr_offload|NONE|whether the network card serves the subsystem's I/O; set it before making namespaces
SUBSYSTEM|attr_serial|NONE|serial number shown to hosts; random in a new subsystem
SUBSYSTEM|attr_model|NONE|model number shown to hosts
SUBSYSTEM|attr_firmware|NONE|firmware revision shown to hosts; the kernel release in a new subsystem
SUBSYSTEM|attr_ieee_oui|NONE|IEEE OUI shown to hosts
SUBSYSTEM|attr_version|NONE|NVMe version shown to hosts
SUBSYSTEM|attr_cntlid_min|NONE|lowest controller id to give out
SUBSYSTEM|attr_cntlid_max|NONE|highest controller id to give out
SUBSYSTEM|attr_qid_max|NONE|most I/O queues a host may use; writing it makes all hosts reconnect (6.2 and later)
SUBSYSTEM|attr_vendor_id|NONE|PCI vendor id shown to hosts
SUBSYSTEM|attr_subsys_vendor_id|NONE|PCI subsystem vendor id shown to hosts
SUBSYSTEM|attr_pi_enable|NONE|whether namespaces carry T10 protection information
NAMESPACE|device_path|BLOCK_DEVICES|block device or file behind the namespace
NAMESPACE|pci_device_path|DRIVE_ADDRESSES|PCI address of the drive behind device_path; asks for offload; set device_path fills it in unless it is given
NAMESPACE|device_uuid|NONE|UUID shown to hosts; random in a new namespace
NAMESPACE|device_nguid|NONE|NGUID shown to hosts
NAMESPACE|ana_grpid|NONE|ANA group the namespace is in
NAMESPACE|buffered_io|NONE|whether the page cache is used
NAMESPACE|p2pmem|P2P_PROVIDERS|peer-to-peer memory for the namespace's data
NAMESPACE|resv_enable|NONE|whether hosts may use reservations
NAMESPACE|offload_cmd_tmo_us|NONE|time limit of an offloaded command, in microseconds
NAMESPACE|enable|NONE|whether hosts see the namespace
NAMESPACE|revalidate_size|NONE|write 1 after the device was resized
PASSTHRU|device_path|CONTROLLERS|character device of the NVMe controller to pass through
PASSTHRU|enable|NONE|whether the controller is passed through; excludes namespaces
PASSTHRU|admin_timeout|NONE|time limit of an admin command, in milliseconds; 0 is the kernel's own
PASSTHRU|io_timeout|NONE|time limit of an I/O command, in milliseconds; 0 is the kernel's own
PASSTHRU|clear_ids|NONE|whether the controller's unique ids are hidden from hosts
PORT|addr_trtype|NONE|transport
PORT|addr_adrfam|NONE|address family
PORT|addr_traddr|LOCAL_ADDRESSES|transport address to listen on
PORT|addr_trsvcid|PORT_NUMBERS|transport service id to listen on; 4420 is customary
PORT|addr_tsas|NONE|transport-specific address subtype: TLS for tcp
PORT|addr_treq|NONE|whether hosts must use a secure channel
PORT|param_inline_data_size|NONE|most data in a command capsule, in bytes; -1 is the transport's own
PORT|param_max_queue_size|NONE|most entries of a queue; -1 is the transport's own
PORT|param_mdts|NONE|maximum data transfer size, as a power of two of 4 KiB pages; -1 is the transport's own
PORT|param_pi_enable|NONE|whether the port carries T10 protection information
PORT|param_offload_queues|NONE|peer-to-peer queues for each offloaded namespace on this port
PORT|param_offload_srq_size|NONE|entries of the shared receive queue of offload, at least 256
PORT|param_offload_queue_size|NONE|entries of a peer-to-peer queue
PORT|param_offload_passthrough_sqe_rw|NONE|whether reserved fields of read and write commands are passed to the drive
ANA_GROUP|ana_state|NONE|access state that hosts see for the group on this port
REFERRAL|addr_trtype|NONE|transport of the port referred to
REFERRAL|addr_adrfam|NONE|address family of the port referred to
REFERRAL|addr_traddr|LOCAL_ADDRESSES|transport address of the port referred to
REFERRAL|addr_trsvcid|PORT_NUMBERS|transport service id of the port referred to
REFERRAL|addr_treq|NONE|whether hosts must use a secure channel there
REFERRAL|addr_portid|NONE|port id of the port referred to
REFERRAL|enable|NONE|whether hosts are told of it
END
}

attribute_values() { # KIND|NAME|VALUE|MEANING
  cat << 'END'
HOST|dhchap_hash|hmac(sha256)|SHA-256
HOST|dhchap_hash|hmac(sha384)|SHA-384
HOST|dhchap_hash|hmac(sha512)|SHA-512
HOST|dhchap_dhgroup|null|no Diffie-Hellman exchange
HOST|dhchap_dhgroup|ffdhe2048|2048 bits
HOST|dhchap_dhgroup|ffdhe3072|3072 bits
HOST|dhchap_dhgroup|ffdhe4096|4096 bits
HOST|dhchap_dhgroup|ffdhe6144|6144 bits
HOST|dhchap_dhgroup|ffdhe8192|8192 bits
SUBSYSTEM|attr_allow_any_host|1|on
SUBSYSTEM|attr_allow_any_host|0|off
SUBSYSTEM|attr_offload|1|on
SUBSYSTEM|attr_offload|0|off
SUBSYSTEM|attr_pi_enable|1|on
SUBSYSTEM|attr_pi_enable|0|off
NAMESPACE|buffered_io|1|on
NAMESPACE|buffered_io|0|off
NAMESPACE|resv_enable|1|on
NAMESPACE|resv_enable|0|off
NAMESPACE|enable|1|on
NAMESPACE|enable|0|off
NAMESPACE|revalidate_size|1|do it now
PASSTHRU|enable|1|on
PASSTHRU|enable|0|off
PORT|addr_trtype|rdma|RDMA (RoCE, InfiniBand, iWARP): the one offload needs
PORT|addr_trtype|tcp|TCP
PORT|addr_trtype|loop|this machine itself
PORT|addr_trtype|fc|Fibre Channel
PORT|addr_trtype|pci|PCI endpoint function
PORT|addr_adrfam|ipv4|IP version 4
PORT|addr_adrfam|ipv6|IP version 6
PORT|addr_adrfam|ib|InfiniBand
PORT|addr_adrfam|fc|Fibre Channel
PORT|addr_adrfam|loop|this machine itself
PORT|addr_adrfam|pci|PCI endpoint function
PORT|addr_tsas|none|tcp without TLS
PORT|addr_tsas|tls1.3|tcp with TLS 1.3
PORT|addr_tsas|connected|rdma, always
PORT|addr_treq|not specified|says nothing about a secure channel
PORT|addr_treq|required|hosts must use a secure channel
PORT|addr_treq|not required|hosts may use a secure channel
PORT|param_pi_enable|1|on
PORT|param_pi_enable|0|off
PORT|param_offload_passthrough_sqe_rw|1|on
PORT|param_offload_passthrough_sqe_rw|0|off
ANA_GROUP|ana_state|optimized|the preferred path
ANA_GROUP|ana_state|non-optimized|usable, not preferred
ANA_GROUP|ana_state|inaccessible|not usable now
ANA_GROUP|ana_state|persistent-loss|not usable for good
ANA_GROUP|ana_state|change|in transition
REFERRAL|addr_trtype|rdma|RDMA (RoCE, InfiniBand, iWARP): the one offload needs
REFERRAL|addr_trtype|tcp|TCP
REFERRAL|addr_trtype|loop|this machine itself
REFERRAL|addr_trtype|fc|Fibre Channel
REFERRAL|addr_trtype|pci|PCI endpoint function
REFERRAL|addr_adrfam|ipv4|IP version 4
REFERRAL|addr_adrfam|ipv6|IP version 6
REFERRAL|addr_adrfam|ib|InfiniBand
REFERRAL|addr_adrfam|fc|Fibre Channel
REFERRAL|addr_adrfam|loop|this machine itself
REFERRAL|addr_adrfam|pci|PCI endpoint function
REFERRAL|addr_treq|not specified|says nothing about a secure channel
REFERRAL|addr_treq|required|hosts must use a secure channel
REFERRAL|addr_treq|not required|hosts may use a secure channel
REFERRAL|enable|1|on
REFERRAL|enable|0|off
END
}
