import type { PlannedSecret } from './profile-secret.ts';

/** What a launch that can be done is still to be warned of. Words live in shared/wording. */
export type LaunchWarning =
  /** What kind of volume its program makes is not known. */
  | { readonly code: 'program-unknown' }
  /** It takes writes which it passes on later, and no profile has a stop wait for them. `by`: what says so. */
  | { readonly code: 'writes-later'; readonly by: string }
  /** Whether it does. `configuration`: it would, if its own said so. */
  | { readonly code: 'writes-untold'; readonly because: 'command' | 'configuration' }
  /** Nothing tells that the image holds what the profile needs. */
  | { readonly code: 'must-hold'; readonly needs: string }
  | { readonly code: 'secret'; readonly secret: PlannedSecret }
  /** Of which Windows build the image is. */
  | { readonly code: 'build-unknown'; readonly image: string }
  /** A profile's own prefix gave way to one that is free. `of` and `by`: what it would have met, and whose that is. */
  | {
      readonly code: 'prefix-replaced';
      readonly uncPrefix: string;
      readonly of: string;
      readonly by: string;
      readonly used: string;
    }
  /** Somebody has the same class under another instance. */
  | { readonly code: 'class-shared'; readonly of: string; readonly by: string; readonly free: string }
  /** `why`: the guard's own sentence. */
  | { readonly code: 'guard-refuses'; readonly why: string };
