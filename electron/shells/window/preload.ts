import { contextBridge, ipcRenderer } from 'electron';
import { FRAME_CHANNEL } from './addresses.ts';
import { pageBridge } from './page-bridge.ts';

contextBridge.exposeInMainWorld('siloscope', pageBridge(ipcRenderer, FRAME_CHANNEL));
