import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
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
import { type LaunchWish, LINK_SCHEME } from '../../../shared/domain/deep-link.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { windowMenuWords } from '../../../shared/wording/window-menu.ts';
import { BROKER_SWITCH } from '../../hosts/this-machine/broker/broker-arguments.ts';
import { runBroker } from '../../hosts/this-machine/broker/run-broker.ts';
import { openEventLog } from '../serving/event-log.ts';
import { openLocalServices } from '../serving/local-services.ts';
import { packageRoot } from '../serving/package-root.ts';
import { userFolder } from '../serving/user-folder.ts';
import { openAskingKey } from '../serving/with-host-key.ts';
import { APP_USER_MODEL_ID, PAGE_SCHEME } from './addresses.ts';
import { appMenu } from './app-menu.ts';
import { appUpdates } from './app-updates.ts';
import { loadWindow, windowOptions } from './app-window.ts';
import { askByDialog } from './ask-by-dialog.ts';
import { closeToTray } from './close-to-tray.ts';
import { fitBounds } from './fit-bounds.ts';
import { followLately } from './follow-lately.ts';
import { followLink } from './follow-link.ts';
import { followSettings } from './follow-settings.ts';
import { guardPage, guardPermissions } from './guard-page.ts';
import { watchHost } from './host-watch.ts';
import { iconFiles } from './icon-files.ts';
import { jumpList } from './jump-list.ts';
import { keptFile } from './kept-file.ts';
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
import { showOnTaskbar } from './taskbar.ts';
import { backgroundOf, followTheme } from './theme.ts';
import { systemToasts } from './toasts.ts';
import { showInTray } from './tray.ts';
import { utilityHelpers } from './utility-helpers.ts';
import { EMPTY_MEMORY, WindowMemory } from './window-memory.ts';
import { workTap } from './work-tap.ts';
import { workspaceStarter } from './workspace-starter.ts';

// From source Electron would call the app by its own name, and share its folders with every other such app.
app.setName('Siloscope');
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
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(display => display.workArea);
  const window = new BrowserWindow(
    windowOptions({
      bounds: fitBounds(memory.value.bounds, areas),
      background: backgroundOf(nativeTheme),
      icon: icons.window,
      preload: join(beside, 'preload.cjs'),
    }),
  );
  const ask = askByDialog(box => dialog.showMessageBox(window, box));
  const openLink = openOutside({ ask, openExternal: url => shell.openExternal(url), log });
  protocol.handle(PAGE_SCHEME, pageFiles(join(root, 'out', 'renderer'), log));
  guardPermissions(session.defaultSession, log);
  guardPage(window.webContents, { open: url => void openLink(url), log });
  followTheme(nativeTheme, window);
  const bounds = rememberBounds(window, memory, systemClock);

  // The services, and who hears them.
  const door = openServicesDoor(signal =>
    openAskingKey(
      start.target,
      target =>
        openLocalServices(target, signal, {
          folder,
          keepsWorkspaces: true,
          sealers: [safeStorageSealer(safeStorage, process.platform)],
          machine: {
            startHelper: utilityHelpers(beside, script => utilityProcess.fork(script, [], { stdio: 'ignore' })),
            broker: { file: process.execPath, before: app.isPackaged ? [] : [app.getAppPath()] },
          },
        }),
      async key => (await ask(windowAskWords.hostKey(key))) === 0,
    ),
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
  const host = watchHost(client, systemClock);
  const updates = appUpdates({
    opening: packagedUpdates({
      isPackaged: app.isPackaged,
      program: process.execPath,
      resources: process.resourcesPath,
      client,
      log,
    }),
    version: app.getVersion(),
    ask,
    tell: (title, body) => tell(title, body),
    showFileSystems: () => show(screenFragment('filesystems')),
  });
  const settings = followSettings(client, {
    setTheme: theme => {
      nativeTheme.themeSource = theme;
    },
    setAutostart: wanted => {
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
      start: {
        isHidden: () => settings.known.then(() => start.hidden || settings.value.startHidden),
        maximized: memory.value.maximized,
        ...(fragment === undefined ? {} : { fragment }),
      },
    },
    () => systemClock.now(),
  );
  const prefill = (wish: LaunchWish): void => show(launchFragment(wish, 'user'));
  lookAfterSleep(powerMonitor, () => void host.look().then(revision => page.relook(revision)));

  // What shows outside the window.
  const toast = systemToasts(
    () => Notification.isSupported(),
    wish => new Notification({ ...wish, icon: icons.window }),
  );
  const tell = (title: string, body: string): void => toast({ title, body, buttons: [] }).show();
  const told = notices({ makeToast: toast, show, isWatched: () => window.isVisible() && window.isFocused() });
  host.onNews(entry => told.news(entry));
  work.onEnd(end => told.ended(end));
  const tray = new Tray(icons.tray('idle'));
  const quit = (): void => app.quit();
  const inTray = showInTray({
    tray,
    buildMenu: items => Menu.buildFromTemplate(items),
    icons,
    act: { show, prefill, startWorkspace: workspaceStarter(client, tell), quit },
  });
  const onTaskbar = showOnTaskbar(window, nativeImage.createFromPath(icons.leakBadge));
  const jumpStart = { program: process.execPath, before: app.isPackaged ? '' : `"${process.argv[1]}" ` };
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
      if (isWindows) app.setJumpList(jumpList(offered, jumpStart));
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
        about: () => void ask(windowMenuWords.about(app.getVersion(), process.versions['electron'] ?? '')),
        quit,
      }),
    ),
  );
  const follow = followLink({ ask, show, tell, log });
  if (start.link !== undefined) void follow(start.link);
  app.on('open-url', (event, url) => {
    event.preventDefault();
    void follow(url);
  });
  let isSigningOut = false;
  window.on('query-session-end', () => {
    isSigningOut = true;
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
    putIn?.();
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
      const { link, profile, showsWorkspaces } = parseLaunchArguments(argv.slice(1), log);
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
  if (isWindows) app.setAppUserModelId(APP_USER_MODEL_ID);
  // From source the registry is left alone: the next build would find a link to a program that is gone.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

  let opened: ReturnType<typeof open> | undefined;
  if (singleInstance(app, argv => opened?.again(argv))) {
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
      .catch((error: unknown) => {
        // Without a window there is nobody else to say it.
        const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log(windowLogWords.notStarted(reason));
        dialog.showErrorBox(windowAskWords.notStarted, reason);
        app.exit(1);
      });
  }
}

// A broker is over before Electron is ready, which it never is while this module waits: no window comes of it, and no
// process of Chromium's with an administrator's rights.
if (process.argv.includes(BROKER_SWITCH)) app.exit(await runBroker(process.argv.slice(1)));
else begin();
