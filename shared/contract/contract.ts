import { contractNews } from './contract-news.ts';
import { fileSystemOperations } from './file-system-operations.ts';
import { hostOperations } from './host-operations.ts';
import { imageOperations } from './image-operations.ts';
import { keptOperations } from './kept-operations.ts';
import { timelineOperations } from './timeline-operations.ts';
import { visibilityOperations } from './visibility-operations.ts';
import { workspaceOperations } from './workspace-operations.ts';

/** Everything the services do, for window, web page and command line alike. */
export const contract = {
  ...hostOperations,
  ...imageOperations,
  ...fileSystemOperations,
  ...workspaceOperations,
  ...visibilityOperations,
  ...timelineOperations,
  ...keptOperations,
  ...contractNews,
} as const;
export type Contract = typeof contract;
