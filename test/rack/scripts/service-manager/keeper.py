"""The process that looks after one unit as systemd would, until it is stopped. See systemctl.py."""
import json
import os
import shlex
import signal
import socket
import subprocess
import threading
import time

from units import JOURNAL, NOTHING, RUN, last, read_unit, seconds


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
