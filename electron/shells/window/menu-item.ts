/** One line of a menu: a subset of what Electron's templates take. */
export interface MenuItem {
  readonly label?: string;
  readonly type?: 'normal' | 'separator';
  readonly role?:
    | 'cut'
    | 'copy'
    | 'paste'
    | 'undo'
    | 'redo'
    | 'selectAll'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen';
  readonly accelerator?: string;
  /** False: the key is shown here, but the page answers it. */
  readonly registerAccelerator?: boolean;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly submenu?: MenuItem[];
  readonly click?: () => void;
}
