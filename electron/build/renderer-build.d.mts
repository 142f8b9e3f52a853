import type { InlineConfig } from 'vite';

export declare function rendererConfig(options: { readonly version: string; readonly testing?: boolean }): InlineConfig;
export declare function buildRenderer(options: { readonly version: string; readonly testing?: boolean }): Promise<void>;
