import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import { systemClock } from '../../../shared/base/clock.ts';
import { contract } from '../../../shared/contract/contract.ts';
import type { LaunchWish } from '../../../shared/domain/deep-link.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { BROKER_SWITCH } from '../../hosts/this-machine/broker/broker-arguments.ts';
import { runBroker } from '../../hosts/this-machine/broker/run-broker.ts';
import { openEventLog } from '../serving/event-log.ts';
import { type LocalServices, type LocalTarget, openLocalServices } from '../serving/local-services.ts';
import { packageRoot } from '../serving/package-root.ts';
import { openArchive } from '../serving/taken-archive.ts';
import { userFolder } from '../serving/user-folder.ts';
import { VERSION } from '../serving/version.ts';
import { openAskingKey } from '../serving/with-host-key.ts';
import { PAGE_SCHEME } from './addresses.ts';
import { appMenu } from './app-menu.ts';
import { appUpdates } from './app-updates.ts';
import { loadWindow, windowOptions } from './app-window.ts';
import { askByDialog } from './ask-by-dialog.ts';
import { closeToTray } from './close-to-tray.ts';
import { fitBounds } from './fit-bounds.ts';
import { followLately } from './follow-lately.ts';
import { followLink } from './follow-link.ts';
import { followSettings } from './follow-settings.ts';
import { guardDownloads, guardPage, guardPermissions, guardRequests } from './guard-page.ts';
import { watchHost } from './host-watch.ts';
import { iconFiles } from './icon-files.ts';
import { copyKind, introduceApp } from './introduce-app.ts';
import { showJumpList } from './jump-list.ts';
import { keptFile } from './kept-file.ts';
import { openHostOfStart, rememberHost } from './last-host.ts';
import { parseLaunchArguments } from './launch-arguments.ts';
import { notices } from './notices.ts';
import { openOutside } from './open-outside.ts';
import { packagedUpdates } from './packaged-updates.ts';
import { pageFiles } from './page-files.ts';
import { launchFragment, screenFragment } from './page-fragment.ts';
import { lookAfterSleep } from './power.ts';
import { quitInOrder } from './quitting.ts';
import { rememberBounds } from './remember-bounds.ts';
import { safeStorageSealer } from './safe-storage-sealer.ts';
import { servePage } from './serve-page.ts';
import { openServicesDoor } from './services-door.ts';
import { showState } from './show-state.ts';
import { singleInstance } from './single-instance.ts';
import { startAtSignIn } from './start-at-sign-in.ts';
import { startsHidden } from './starts-hidden.ts';
import { tellOfSurprises } from './surprises.ts';
import { showOnTaskbar } from './taskbar.ts';
import { backgroundOf, followTheme } from './theme.ts';
import { followPresses, systemToasts, toastXml } from './toasts.ts';
import { showInTray } from './tray.ts';
import { utilityHelpers } from './utility-helpers.ts';
import { EMPTY_MEMORY, WindowMemory } from './window-memory.ts';
import { workTap } from './work-tap.ts';
import { workspaceStarter } from './workspace-starter.ts';

const kind = copyKind(app.isPackaged, process.execPath);
introduceApp(app, process.platform, kind);
// From source Electron would share the app's folders with every other such app.
app.setPath('userData', join(app.getPath('appData'), 'Siloscope'));

// One call asks sixteen silos at once, each with a few listeners on the call's signal: Node's ten would be a false alarm,
// more than this a leak.
setMaxListeners(256);

const root = packageRoot();
const beside = dirname(fileURLToPath(import.meta.url));
const isWindows = process.platform === 'win32';
const folder = userFolder({ env: process.env, platform: process.platform, home: homedir() });
const events = openEventLog(join(folder, 'logs'), systemClock);
const log = (what: string): void => events.write({ level: 'warning', source: 'window', what });
const start = parseLaunchArguments(process.argv.slice(1), log);
/** What stands before our own arguments. From source: this program, as Electron was given it; its folder is none of an app. */
const before = app.isPackaged ? [] : [resolve(process.argv[1] ?? '')];

/** Everything after the first start of the program; each line is one capability. */
function open(): { again(argv: readonly string[]): void } {
  const icons = iconFiles(root, process.platform);
  const memory = keptFile({
    file: join(app.getPath('userData'), 'window.json'),
    schema: WindowMemory,
    otherwise: EMPTY_MEMORY,
    log,
  });

  // The window and its page.
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
  const place = fitBounds(
    memory.value.bounds,
    displays.map(display => display.workArea),
  );
  const window = new BrowserWindow(
    windowOptions({
      bounds: place,
      background: backgroundOf(nativeTheme),
      icon: icons.window,
      preload: join(beside, 'preload.cjs'),
    }),
  );
  // A new window has the scale of the primary display, wherever it is made (electron#10862).
  if (new Set(displays.map(({ scaleFactor }) => scaleFactor)).size > 1) window.setBounds(place);
  const quit = (): void => app.quit();
  // A box before a window that is hidden, or gone while the app ends, would be seen by nobody.
  const ask = askByDialog(box =>
    !window.isDestroyed() && window.isVisible() ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box),
  );
  const openLink = openOutside({ ask, openExternal: url => shell.openExternal(url), log });
  guardPermissions(session.defaultSession, log);
  guardDownloads(session.defaultSession, log);
  guardRequests(session.defaultSession, log);
  guardPage(window.webContents, { open: url => void openLink(url), log });
  followTheme(nativeTheme, window);
  const bounds = rememberBounds(window, memory, systemClock);

  // The services, and who hears them.
  const openServices = (wanted: LocalTarget, signal: AbortSignal): Promise<LocalServices> =>
    openAskingKey(
      wanted,
      target =>
        openLocalServices(target, signal, {
          folder,
          keepsWorkspaces: true,
          version: VERSION,
          sealers: [safeStorageSealer(safeStorage, process.platform)],
          machine: {
            startHelper: utilityHelpers(beside, script => utilityProcess.fork(script, [], { stdio: 'ignore' })),
            broker: { file: process.execPath, before },
          },
        }),
      async key => (await ask(windowAskWords.hostKey(key))) === 0,
    );
  const door = openServicesDoor(signal =>
    openHostOfStart({
      asked: start.target,
      last: memory.value.host,
      open: target => openServices(target, signal),
      tell: (title, body) => tell(title, body),
    }),
  );
  const work = workTap();
  const page = servePage({
    ipc: ipcMain,
    contents: window.webContents,
    serve: channel => door.serve(work.tap(channel)),
    log,
  });
  const [near, far] = memoryChannelPair();
  door.serve(far);
  const client = connect(contract, near, 'the app');
  protocol.handle(
    PAGE_SCHEME,
    pageFiles(join(root, 'out', 'renderer'), log, id => openArchive(client, id)),
  );
  const host = watchHost(client, systemClock);
  rememberHost(client, memory);
  const updates = appUpdates({
    opening: packagedUpdates({
      kind,
      resources: process.resourcesPath,
      client,
      quit,
      log,
    }),
    version: VERSION,
    ask,
    tell: (title, body) => tell(title, body),
    showFileSystems: () => show(screenFragment('filesystems')),
  });
  const settings = followSettings(client, {
    setTheme: theme => {
      nativeTheme.themeSource = theme;
    },
    setAutostart: wanted => {
      memory.keep({ ...memory.value, startHidden: wanted.hidden });
      // Unpacked, it would be Electron's own program without us.
      if (app.isPackaged) startAtSignIn(app, wanted);
    },
    setUpdates: choice => updates.choose(choice),
  });

  const fragment =
    start.profile !== undefined
      ? launchFragment({ profile: start.profile }, 'user')
      : start.showsWorkspaces === true
        ? screenFragment('filesystems')
        : undefined;
  const show = loadWindow(
    {
      window,
      reset: () => page.reset(),
      log,
      ask,
      start: {
        isHidden: async () => start.pressed !== true && startsHidden(start.hidden, settings, memory, systemClock),
        maximized: memory.value.maximized,
        ...(fragment === undefined ? {} : { fragment }),
      },
    },
    systemClock,
  );
  const prefill = (wish: LaunchWish): void => show(launchFragment(wish, 'user'));
  lookAfterSleep(powerMonitor, () => void host.look().then(revision => page.relook(revision)));

  // What shows outside the window.
  const toast = systemToasts(
    () => Notification.isSupported(),
    ({ title, body, ...wish }) =>
      new Notification({
        title,
        body,
        ...(isWindows ? { toastXml: toastXml({ title, body, ...wish }) } : { icon: icons.window }),
      }),
  );
  const tell = (title: string, body: string): void => {
    const told = toast({ title, body });
    told.onPress(show);
    told.show();
  };
  const told = notices({
    makeToast: toast,
    show,
    isWatched: () => !window.isDestroyed() && window.isVisible() && window.isFocused(),
  });
  host.onNews(entry => told.news(entry));
  work.onEnd(end => told.ended(end));
  const tray = new Tray(icons.tray('idle'));
  const inTray = showInTray({
    tray,
    buildMenu: items => Menu.buildFromTemplate(items),
    icons,
    act: { show, prefill, startWorkspace: workspaceStarter(client, tell), quit },
  });
  const onTaskbar = showOnTaskbar(window, nativeImage.createFromPath(icons.leakBadge));
  const inJumpList = showJumpList(
    app,
    { program: process.execPath, before: before.map(file => `"${file}" `).join('') },
    memory,
    systemClock,
  );
  const lately = followLately(client);
  showState({
    host,
    work,
    lately,
    show: (state, running, offered) => {
      inTray.update(state, offered);
      onTaskbar.update(state, running);
    },
    list: offered => {
      if (isWindows) inJumpList(offered);
    },
  });

  // Menu, links, the end.
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      appMenu({
        show,
        press: ({ keyCode, modifiers }) => {
          for (const type of ['keyDown', 'keyUp'] as const) {
            window.webContents.sendInputEvent({ type, keyCode, modifiers: [...modifiers] });
          }
        },
        closeWindow: () => window.close(),
        openOutside: url => void openLink(url),
        lookForUpdates: () => void updates.askedFor(),
        about: () => void ask(windowMenuWords.about(VERSION, process.versions['electron'] ?? '')),
        quit,
      }),
    ),
  );
  const follow = followLink({ ask, show, tell, log });
  if (start.link !== undefined) void follow(start.link);
  const awaitPress = isWindows ? followPresses(Notification, { show, follow: link => void follow(link) }) : undefined;
  if (start.pressed === true) awaitPress?.();
  app.on('open-url', (event, url) => {
    event.preventDefault();
    void follow(url);
  });
  let isSigningOut = false;
  // Asked before, another program may still say no; from here on it ends.
  window.on('session-end', () => {
    isSigningOut = true;
    quit();
  });
  const end = async (): Promise<void> => {
    const putIn = await updates.atExit(isSigningOut);
    updates.dispose();
    bounds.dispose();
    told.clear();
    host.dispose();
    lately.dispose();
    page.dispose();
    tray.destroy();
    await Promise.all([door.close(), memory.written()]);
    await putIn?.();
  };
  const isQuitting = quitInOrder(app, end, systemClock);
  closeToTray({
    window,
    memory,
    isQuitting,
    stays: () => settings.value.closeToTray,
    quit,
    tell,
  });

  return {
    again: argv => {
      const { link, profile, showsWorkspaces, pressed } = parseLaunchArguments(argv.slice(1), log);
      if (pressed === true) awaitPress?.();
      if (link !== undefined) void follow(link);
      else if (profile !== undefined) prefill({ profile });
      else if (showsWorkspaces === true) show(screenFragment('filesystems'));
      else show();
    },
  };
}

/** Everything before Electron is ready. */
function begin(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  let opened: ReturnType<typeof open> | undefined;
  if (singleInstance(app, argv => opened?.again(argv))) {
    tellOfSurprises({
      app,
      process,
      log,
      tell: reason => dialog.showErrorBox(windowAskWords.wentWrong, reason),
    });
    // Every window that will ever be is sandboxed, whatever a line elsewhere says.
    app.enableSandbox();
    // A window that is closed is hidden; the app ends by Exit only.
    app.on('window-all-closed', () => undefined);
    // Never awaited up here: Electron is not ready before this module has ended.
    app
      .whenReady()
      .then(() => {
        opened = open();
      })
      .catch(fail);
  }
}

/** Without a window there is nobody else to say it, and an app that nobody sees would keep the next one from starting. */
function fail(error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log(windowLogWords.notStarted(reason));
  dialog.showErrorBox(windowAskWords.notStarted, reason);
  app.exit(1);
}

// A broker is over before Electron is ready, which it never is while this module waits: no window comes of it, and no
// process of Chromium's with an administrator's rights.
if (process.argv.includes(BROKER_SWITCH)) app.exit(await runBroker(process.argv.slice(1)));
else {
  try {
    begin();
  } catch (error) {
    fail(error);
  }
}
