import { beforeEach, describe, expect, it } from 'vitest';
import { FakePage } from './fake-electron.ts';
import { denyPermissions, externalAddress, restrictNavigation } from './navigation-policy.ts';

describe('links that lead out', () => {
  it.each([
    ['https://docs.k3s.io/upgrades', 'https://docs.k3s.io/upgrades'],
    ['HTTPS://Docs.K3s.io', 'https://docs.k3s.io/'],
    ['http://10.0.0.5:3000/', 'http://10.0.0.5:3000/'],
    ['http://user:word@10.0.0.5/', null],
    ['https://user@docs.k3s.io/', null],
    ['https://user:word@docs.k3s.io/', null],
    ['javascript:alert(1)', null],
    ['data:text/html,hello', null],
    ['file:///etc/passwd', null],
    ['ftp://docs.k3s.io/', null],
    ['vscode://open?x', null],
    ['ssh://node1', 'ssh://node1'],
    ['ssh://ops@10.0.0.5:2222', 'ssh://ops@10.0.0.5:2222'],
    ['ssh://ops@[fd00::5]', 'ssh://ops@[fd00::5]'],
    ['ssh://-oProxyCommand=x', null],
    ['ssh://-x@node1', null],
    ['ssh://ops:word@node1', null],
    ['ssh://node1/path', null],
    ['ssh://node1?x', null],
    ['ms-msdt:/id', null],
    ['app://rackhelm/', null],
    ['//docs.k3s.io', null],
    ['https://', null],
    ['', null],
  ])('%s opens %s', (url, address) => {
    expect(externalAddress(url)).toBe(address);
  });
});

describe('a restricted page', () => {
  let page: FakePage;
  let opened: string[];

  beforeEach(() => {
    page = new FakePage();
    opened = [];
    restrictNavigation(page, (address) => opened.push(address));
  });

  /** True when the page stays where it is. */
  function stays(event: string, url: string, isMainFrame = true): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    page.emit(event, { url, isMainFrame, preventDefault });
    return prevented;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'may reload itself but go nowhere else on %s',
    (event) => {
      expect(stays(event, 'app://rackhelm/')).toBe(false);
      expect(stays(event, 'app://rackhelm/#/devices')).toBe(false);
      for (const url of [
        'app://rackhelm/assets/picture.svg',
        'app://rackhelm.example/',
        'app://elsewhere/',
        'https://example.com/',
        'file:///etc/passwd',
        'javascript:alert(1)',
      ]) {
        expect(stays(event, url), url).toBe(true);
      }
    },
  );

  it.each(['will-frame-navigate', 'will-redirect'])(
    'has no frames that navigate on %s',
    (event) => {
      expect(stays(event, 'app://rackhelm/', false)).toBe(true);
    },
  );

  it('opens a clicked https link once, in the browser', () => {
    stays('will-frame-navigate', 'https://docs.k3s.io/');
    stays('will-navigate', 'https://docs.k3s.io/');
    expect(opened).toEqual(['https://docs.k3s.io/']);
  });

  it('never opens a window; the web goes to the browser, the rest nowhere', () => {
    const urls = ['https://docs.k3s.io/', 'javascript:alert(1)', 'app://rackhelm/', 'http://a.b/'];
    for (const url of urls) expect(page.openHandler?.({ url })).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://docs.k3s.io/', 'http://a.b/']);
  });

  it('attaches no webview', () => {
    expect(stays('will-attach-webview', '')).toBe(true);
  });
});

type SessionHandlers = Parameters<typeof denyPermissions>[0];

describe('permissions', () => {
  type SetBy<Setter extends keyof SessionHandlers> = Parameters<SessionHandlers[Setter]>[0];
  interface Handlers {
    readonly onRequest: SetBy<'setPermissionRequestHandler'>;
    readonly onCheck: SetBy<'setPermissionCheckHandler'>;
    readonly onDevice: SetBy<'setDevicePermissionHandler'>;
  }
  type Request = Parameters<NonNullable<Handlers['onRequest']>>;
  type Check = Parameters<NonNullable<Handlers['onCheck']>>;
  type Device = Parameters<NonNullable<Handlers['onDevice']>>[0];
  const unusedContents = {} as Request[0]; // the policy must not depend on it

  function install() {
    let onRequest: SetBy<'setPermissionRequestHandler'> = null;
    let onCheck: SetBy<'setPermissionCheckHandler'> = null;
    let onDevice: SetBy<'setDevicePermissionHandler'> = null;
    denyPermissions({
      setPermissionRequestHandler: (handler) => {
        onRequest = handler;
      },
      setPermissionCheckHandler: (handler) => {
        onCheck = handler;
      },
      setDevicePermissionHandler: (handler) => {
        onDevice = handler;
      },
      setDisplayMediaRequestHandler: () => {},
    });
    // TypeScript does not see assignments made in the callbacks above.
    const handlers = { onRequest, onCheck, onDevice } as Handlers;
    return {
      request(permission: Request[1], requestingUrl: string) {
        let granted: boolean | null = null;
        const answer = (value: boolean) => {
          granted = value;
        };
        handlers.onRequest?.(unusedContents, permission, answer, {
          isMainFrame: true,
          requestingUrl,
        });
        return granted;
      },
      check: (permission: Check[1], origin: string) =>
        handlers.onCheck?.(null, permission, origin, { isMainFrame: true }),
      device: () => handlers.onDevice?.({} as Device), // not looked at
    };
  }

  it('lets our own page copy text, and nobody else', () => {
    const { request, check } = install();
    expect(request('clipboard-sanitized-write', 'app://rackhelm/')).toBe(true);
    expect(check('clipboard-sanitized-write', 'app://rackhelm')).toBe(true);
    expect(check('clipboard-sanitized-write', 'app://rackhelm/')).toBe(true);
    for (const origin of ['https://example.com/', 'app://rackhelm.example/', 'null', '']) {
      expect(request('clipboard-sanitized-write', origin), origin).toBe(false);
      expect(check('clipboard-sanitized-write', origin), origin).toBe(false);
    }
  });

  it.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'usb',
    'fileSystem',
    'unknown',
  ] as const)('denies %s even to our own page', (permission) => {
    const { request, check } = install();
    expect(request(permission, 'app://rackhelm/')).toBe(false);
    expect(check(permission, 'app://rackhelm')).toBe(false);
  });

  it('grants no device', () => {
    expect(install().device()).toBe(false);
  });
});
