// First, as a schema decides when it is made: whatever makes schemas is loaded after this.
import './no-eval.ts';
import './start.tsx';
