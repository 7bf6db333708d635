#!/usr/bin/python3
"""Runs the units of K3s on a node as systemd would: `Type=notify`, `Restart=always`, a journal.

Debian's replacement of systemctl starts a unit and forgets it: it waits for no notification, begins nothing
anew and keeps no journal that could be followed. Called as systemctl or journalctl, or as
`service-manager.py boot`, which starts what is wanted at boot. Each unit that runs has a process of this
program of its own, which is asked by signals: TERM stops the unit.
"""
import fcntl
import glob
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time

UNITS = '/etc/systemd/system'
WANTS = f'{UNITS}/multi-user.target.wants'
RUN = '/run/rack-units'
JOURNAL = '/var/log/journal'
NOTHING = {'active': 'inactive', 'sub': 'dead', 'pid': 0, 'restarts': 0, 'result': 'success', 'status': 0}


def path_of(name):
    return f'{UNITS}/{name}.service'


def read_unit(name):
    """Values of [Service] and [Install] by key, each a list. None: there is no such unit."""
    try:
        text = open(path_of(name), encoding='utf-8').read()
    except OSError:
        return None
    values = {}
    for line in text.replace('\\\n', ' ').split('\n'):
        match = re.match(r'\s*([A-Za-z]+)\s*=\s*(.*?)\s*$', line)
        if match and not line.lstrip().startswith(('#', ';')):
            values.setdefault(match[1], []).append(match[2])
    return values


def last(unit, key, default):
    return (unit.get(key) or [default])[-1]


def seconds(text, default):
    match = re.match(r'^(\d+(?:\.\d+)?)(ms|s|min)?$', text)
    return float(match[1]) * {'ms': 0.001, 'min': 60}.get(match[2], 1) if match else default


def state_of(name):
    try:
        state = json.load(open(f'{RUN}/{name}/state.json', encoding='utf-8'))
    except (OSError, ValueError):
        return dict(NOTHING)
    # Whoever looked after it was killed: then nobody knows better than that it is gone.
    return state if is_alive(state['keeper']) or state['active'] in ('inactive', 'failed') else dict(NOTHING)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


class Keeper:
    """Looks after one unit until it is stopped."""

    def __init__(self, name, unit):
        self.name, self.unit = name, unit
        self.state = dict(NOTHING, keeper=os.getpid())
        # A plain value: an Event that is set by a signal while it is waited for may never wake.
        self.stopping = False
        self.is_ready = threading.Event()
        self.notify = f'{RUN}/{name}/notify'
        os.makedirs(JOURNAL, exist_ok=True)
        self.journal = open(f'{JOURNAL}/{name}.lines', 'ab', buffering=0)

    def tell(self, **changes):
        self.state.update(changes)
        file = f'{RUN}/{self.name}/state.json'
        with open(f'{file}.new', 'w', encoding='utf-8') as out:
            json.dump(self.state, out)
        os.rename(f'{file}.new', file)

    def write(self, who, pid, text):
        stamp = f'{int(time.time() * 1e6)} {who}[{pid}]: '.encode()
        self.journal.write(stamp + text.rstrip(b'\n') + b'\n')

    def say(self, text):
        self.write('systemd', 1, text.encode())

    def listen(self):
        if os.path.exists(self.notify):
            os.unlink(self.notify)
        receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        receiver.bind(self.notify)

        def receive():
            while True:
                if b'READY=1' in receiver.recv(65536).split(b'\n'):
                    self.is_ready.set()

        threading.Thread(target=receive, daemon=True).start()

    def environment(self):
        values = {'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG': 'C.UTF-8'}
        # Where the rack's fault of a wrong clock has what makes one.
        files = ['-/etc/environment', *self.unit.get('EnvironmentFile', [])]
        for file in files:
            try:
                lines = open(file.lstrip('-'), encoding='utf-8').read().split('\n')
            except OSError:
                continue
            for line in lines:
                key, is_set, value = line.partition('=')
                if is_set and not key.lstrip().startswith('#'):
                    values[key.strip()] = value.strip().strip('"\'')
        return dict(values, NOTIFY_SOCKET=self.notify) if self.type == 'notify' else values

    @property
    def type(self):
        return last(self.unit, 'Type', 'simple')

    def before(self):
        for line in self.unit.get('ExecStartPre', []):
            code = subprocess.call(shlex.split(line.lstrip('-')), stdin=subprocess.DEVNULL, stdout=self.journal,
                                   stderr=self.journal, env=self.environment())
            if code != 0 and not line.startswith('-'):
                return False
        return True

    def start(self):
        words = shlex.split(last(self.unit, 'ExecStart', '/bin/false'))
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd='/',
                                 stderr=subprocess.STDOUT, env=self.environment(), start_new_session=True)

        def read():
            who = os.path.basename(words[0])
            for line in child.stdout:
                self.write(who, child.pid, line)

        threading.Thread(target=read, daemon=True).start()
        return child

    def end(self, child):
        """KillMode=process: what it started goes on without it."""
        self.tell(active='deactivating', sub='stop-sigterm')
        child.terminate()
        try:
            child.wait(seconds(last(self.unit, 'TimeoutStopSec', '90s'), 90))
        except subprocess.TimeoutExpired:
            self.say(f"{self.name}.service: State 'stop-sigterm' timed out. Killing.")
            child.kill()
            child.wait()

    def follow(self, child):
        """Until it ends or is to end; says so as soon as it is up."""
        limit = seconds(last(self.unit, 'TimeoutStartSec', '90s'), 0)
        late = time.monotonic() + limit if limit > 0 and self.type == 'notify' else None
        while child.poll() is None and not self.stopping:
            is_up = self.type != 'notify' or self.is_ready.is_set()
            if is_up and self.state['active'] != 'active':
                self.tell(active='active', sub='running')
                self.say(f'Started {self.name}.service.')
            elif not is_up and late is not None and time.monotonic() > late:
                self.say(f'{self.name}.service: start operation timed out. Terminating.')
                child.terminate()
                late = None
            time.sleep(0.05)

    def keep(self):
        self.listen()
        while not self.stopping:
            self.is_ready.clear()
            self.tell(active='activating', sub='start', pid=0)
            self.say(f'Starting {self.name}.service...')
            if self.before():
                try:
                    child = self.start()
                except OSError as error:
                    self.say(f'{self.name}.service: Failed at step EXEC spawning: {error.strerror}')
                    self.tell(status=203)
                else:
                    self.tell(pid=child.pid)
                    self.follow(child)
                    if self.stopping and child.poll() is None:
                        self.end(child)
                        break
                    self.tell(status=child.returncode)
                    self.say(f'{self.name}.service: Main process exited, code=exited, status={child.returncode}')
            if last(self.unit, 'Restart', 'no') != 'always':
                self.tell(active='failed', sub='failed', result='exit-code', pid=0)
                return
            self.tell(active='activating', sub='auto-restart', result='exit-code', pid=0)
            anew = time.monotonic() + seconds(last(self.unit, 'RestartSec', '100ms'), 0.1)
            while not self.stopping and time.monotonic() < anew:
                time.sleep(0.05)
            if not self.stopping:
                self.tell(restarts=self.state['restarts'] + 1)
                self.say(f"{self.name}.service: Scheduled restart job, restart counter is at {self.state['restarts']}.")
                self.unit = read_unit(self.name) or self.unit
        self.tell(active='inactive', sub='dead', result='success', pid=0, restarts=0)
        self.say(f'Stopped {self.name}.service.')


def launch(name):
    """Starts a keeper that outlives us; returns once it has begun."""
    os.makedirs(f'{RUN}/{name}', exist_ok=True)
    if os.fork() > 0:
        os.wait()
        return
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    nothing = os.open('/dev/null', os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nothing, each)
    os.closerange(3, 4096)
    os.chdir('/')
    os.umask(0o022)
    keeper = Keeper(name, read_unit(name))
    keeper.tell(active='activating', sub='start')
    signal.signal(signal.SIGTERM, lambda *_: setattr(keeper, 'stopping', True))
    try:
        keeper.keep()
    finally:
        os._exit(0)


def wait_for(name, wanted, limit=None):
    until = None if limit is None else time.monotonic() + limit
    while not wanted(state_of(name)):
        if until is not None and time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def locked(name):
    os.makedirs(f'{RUN}/{name}', exist_ok=True)
    lock = open(f'{RUN}/{name}/lock', 'w', encoding='utf-8')
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def begin(name, options):
    with locked(name) as _:
        if state_of(name)['active'] in ('inactive', 'failed'):
            before = state_of(name).get('keeper')
            launch(name)
            wait_for(name, lambda now: now.get('keeper') not in (before, None), 10)
    if '--no-block' in options:
        return 0
    # As systemctl does: an agent counts as started at once, a server when it says so, or never.
    wait_for(name, lambda now: now['active'] in ('active', 'inactive', 'failed') or now['sub'] == 'auto-restart')
    if state_of(name)['active'] == 'active':
        return 0
    sys.stderr.write(f'Job for {name}.service failed because the control process exited with error code.\n')
    return 1


def stop(name):
    with locked(name) as _:
        now = state_of(name)
        if now['active'] not in ('inactive', 'failed'):
            os.kill(now['keeper'], signal.SIGTERM)
            wait_for(name, lambda then: then['active'] in ('inactive', 'failed'))
    return 0


def refuse(text, code):
    sys.stderr.write(text + '\n')
    return code


def is_enabled(name):
    return os.path.islink(f'{WANTS}/{name}.service')


def show(name, words):
    unit, now = read_unit(name), state_of(name)
    file_state = '' if unit is None else 'enabled' if is_enabled(name) else 'disabled'
    values = {
        'Type': last(unit or {}, 'Type', 'simple'), 'Restart': last(unit or {}, 'Restart', 'no'),
        'NRestarts': now['restarts'], 'MainPID': now['pid'], 'Result': now['result'],
        'ExecMainStatus': now['status'], 'Id': f'{name}.service',
        'LoadState': 'not-found' if unit is None else 'loaded', 'ActiveState': now['active'],
        'SubState': now['sub'], 'FragmentPath': '' if unit is None else path_of(name), 'UnitFileState': file_state,
    }
    asked = [one for word in words for one in word.split(',')]
    for key, value in values.items():
        if not asked or key in asked:
            print(f'{key}={value}')
    return 0


def change_wanted(name, verb, options):
    link = f'{WANTS}/{name}.service'
    if verb == 'disable':
        if read_unit(name) is None and not os.path.islink(link):
            return refuse(f'Failed to disable unit: Unit file {name}.service does not exist.', 1)
        if os.path.islink(link):
            os.unlink(link)
            sys.stderr.write(f'Removed "{link}".\n')
    else:
        if read_unit(name) is None:
            return refuse(f'Failed to enable unit: Unit file {name}.service does not exist.', 1)
        os.makedirs(WANTS, exist_ok=True)
        if not os.path.islink(link):
            os.symlink(path_of(name), link)
            sys.stderr.write(f'Created symlink {link} \u2192 {path_of(name)}.\n')
    if '--now' in options:
        return begin(name, options) if verb == 'enable' else stop(name)
    return 0


def one_unit(verb, name, options):
    unit, now = read_unit(name), state_of(name)
    quiet = '-q' in options or '--quiet' in options
    if verb in ('start', 'restart', 'try-restart', 'reload-or-restart', 'stop', 'kill', 'enable', 'disable') and os.getuid() != 0:
        return refuse(f'Failed to {verb} {name}.service: Interactive authentication required.', 1)
    if verb in ('start', 'restart', 'reload-or-restart'):
        if unit is None:
            return refuse(f'Failed to {verb} {name}.service: Unit {name}.service not found.', 5)
        if verb != 'start':
            stop(name)
        return begin(name, options)
    if verb == 'try-restart':
        return 0 if now['active'] == 'inactive' else stop(name) or begin(name, options)
    if verb == 'stop':
        if unit is None and now['active'] == 'inactive':
            return refuse(f'Failed to stop {name}.service: Unit {name}.service not loaded.', 5)
        return stop(name)
    if verb in ('enable', 'disable'):
        return change_wanted(name, verb, options)
    if verb == 'is-active':
        if not quiet:
            print(now['active'])
        return 0 if now['active'] == 'active' else 3
    if verb == 'is-enabled':
        if unit is None and not is_enabled(name):
            return refuse(f'Failed to get unit file state for {name}.service: No such file or directory', 1)
        if not quiet:
            print('enabled' if is_enabled(name) else 'disabled')
        return 0 if is_enabled(name) else 1
    if verb == 'cat' and unit is not None:
        print(f'# {path_of(name)}\n{open(path_of(name), encoding="utf-8").read()}')
        return 0
    if verb == 'status' and unit is not None:
        print(f"{name}.service\n   Loaded: loaded ({path_of(name)})\n   Active: {now['active']} ({now['sub']})\n Main PID: {now['pid']}")
        return 0 if now['active'] == 'active' else 3
    return refuse(f'Unit {name}.service could not be found.', 4)


def systemctl(words):
    options, rest = [], []
    words = list(words)
    asked = []
    while words:
        word = words.pop(0)
        if word in ('-p', '--property') and words:
            asked.append(words.pop(0))
        elif word.startswith('--property='):
            asked.append(word.split('=', 1)[1])
        elif word.startswith('-'):
            options.append(word)
        else:
            rest.append(word)
    verb, names = rest[0], [re.sub(r'\.service$', '', one) for one in rest[1:]]
    codes = [show(name, asked) if verb == 'show' else one_unit(verb, name, options) for name in names]
    return max(codes, default=0)


def journalctl(words):
    units, lines, output, after, cursor, follow = [], None, 'short', None, False, False
    words = list(words)
    while words:
        word, is_set, value = words.pop(0).partition('=')
        take = lambda: value if is_set else words.pop(0)
        if word in ('-u', '--unit'):
            units.append(re.sub(r'\.service$', '', take()))
        elif word in ('-n', '--lines'):
            lines = int(take())
        elif word in ('-o', '--output'):
            output = take()
        elif word == '--after-cursor':
            after = take()
        elif word == '--show-cursor':
            cursor = True
        elif word in ('-f', '--follow'):
            follow = True
        elif word not in ('--no-pager', '-q', '--quiet', '-b', '--boot', '-a', '--all'):
            return refuse(f"journalctl: unrecognized option '{word}'", 1)
    if len(units) != 1:
        return refuse('This journal knows the units of K3s, one at a time.', 1)
    return print_journal(units[0], {'lines': lines, 'output': output, 'after': after, 'cursor': cursor, 'follow': follow})


def print_journal(name, asked):
    file = f'{JOURNAL}/{name}.lines'
    text = open(file, 'rb').read() if os.path.exists(file) else b''
    whole = text[: text.rfind(b'\n') + 1]
    match = re.match(r'^s=rack;o=(\d+)$', asked['after'] or '')
    if asked['after'] and not match:
        return refuse('Failed to seek to cursor: Invalid argument', 1)
    start = int(match[1]) if match else 0
    entries, at = [], start
    for line in whole[start:].splitlines(keepends=True):
        at += len(line)
        entries.append((at, line))
    if asked['lines'] is not None:
        # Behind a cursor it counts from there, else from the end.
        count = asked['lines']
        shown = entries[:count] if match else entries[len(entries) - min(count, len(entries)):]
    else:
        shown = entries
    for _, line in shown:
        print_entry(line, asked['output'])
    if not shown and asked['lines'] != 0:
        print('-- No entries --')
    place = shown[-1][0] if shown else len(whole) if not match else start
    if asked['cursor'] and (shown or match or whole):
        print(f'-- cursor: s=rack;o={place}')
    sys.stdout.flush()
    while asked['follow']:
        time.sleep(0.1)
        with open(file, 'rb') as source:
            source.seek(place)
            for line in source:
                place += len(line)
                print_entry(line, asked['output'])
        sys.stdout.flush()
    return 0


def print_entry(line, output):
    stamp, _, rest = line.decode('utf-8', 'replace').rstrip('\n').partition(' ')
    if output == 'cat':
        print(rest.partition(']: ')[2])
        return
    when = time.strftime('%b %d %H:%M:%S' if output == 'short' else '%Y-%m-%dT%H:%M:%S+0000', time.gmtime(int(stamp) / 1e6))
    print(f'{when} {os.uname().nodename} {rest}')


def boot():
    for link in sorted(glob.glob(f'{WANTS}/k3s*.service')):
        begin(re.sub(r'\.service$', '', os.path.basename(link)), ['--no-block'])
    return 0


if __name__ == '__main__':
    called = os.path.basename(sys.argv[0])
    if sys.argv[1:] == ['boot']:
        sys.exit(boot())
    sys.exit(journalctl(sys.argv[1:]) if called == 'journalctl' else systemctl(sys.argv[1:]))
