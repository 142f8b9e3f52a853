import '../app/base.css';
import { systemClock } from '../../shared/base/clock.ts';
import { mount } from '../app/mount.tsx';
import { fakeHost } from './fake-host.ts';
import { STORIES } from './fake-story.ts';
import { memoryLink } from './memory-link.ts';

/** The page on a fake host in the same page: `?story=default|crowd|shelves|winfsp-container-support&count=40`. */
const asked = new URLSearchParams(window.location.search);
const story =
  asked.get('story') === 'crowd' || asked.get('story') === 'shelves'
    ? STORIES[asked.get('story') === 'crowd' ? 'crowd' : 'shelves'](Number(asked.get('count') ?? 40))
    : asked.get('story') === 'default'
      ? STORIES.default()
      : STORIES['winfsp-container-support']();
const host = fakeHost(story, systemClock);
const link = memoryLink(host.hub);
const root = document.getElementById('app');
if (root !== null) mount(root, { link, clock: systemClock, keep: window.localStorage });
Object.assign(window, { fixture: { host, link } });
