/** The part of the Chrome DevTools Protocol that the stand-in speaks. */

/** A target: page, worker. */
export interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly openerId?: string;
}

/** A request that `Fetch` holds. */
export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly hasPostData?: boolean;
    readonly postData?: string;
  };
}

/** A header of an answer. */
export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
}

/** A value in the page, or a handle to it. */
export interface RemoteValue {
  readonly value?: unknown;
  readonly objectId?: string;
  readonly description?: string;
}

/** An exception that a script threw. */
export interface ExceptionDetails {
  readonly text: string;
  readonly exception?: RemoteValue;
}

interface AutoAttach {
  readonly autoAttach: boolean;
  readonly waitForDebuggerOnStart: boolean;
  readonly flatten: boolean;
  readonly filter?: readonly { readonly type?: string; readonly exclude?: boolean }[];
}

type Nothing = Readonly<Record<string, never>>;

/** Commands: what they take and what they answer. */
export interface CdpCommands {
  'Browser.cancelDownload': [{ guid: string }, Nothing];
  'Browser.close': [Nothing, Nothing];
  'Browser.setDownloadBehavior': [{ behavior: 'deny'; eventsEnabled: boolean }, Nothing];
  'Browser.setPermission': [{ permission: { name: string }; setting: 'granted' | 'denied' }, Nothing];
  'Page.printToPDF': [{ printBackground: boolean; preferCSSPageSize: boolean }, { data: string }];
  'DOM.getFileInfo': [{ objectId: string }, { path: string }];
  'Debugger.enable': [Nothing, Nothing];
  'Debugger.evaluateOnCallFrame': [
    { callFrameId: string; expression: string; returnByValue: boolean },
    { result: RemoteValue },
  ];
  'Debugger.resume': [Nothing, Nothing];
  'Debugger.setPauseOnExceptions': [{ state: 'none' }, Nothing];
  'Emulation.setEmulatedMedia': [{ features: { name: string; value: string }[] }, Nothing];
  'Fetch.continueRequest': [{ requestId: string }, Nothing];
  'Fetch.enable': [{ patterns: { urlPattern: string; requestStage: 'Request' }[] }, Nothing];
  'Fetch.failRequest': [{ requestId: string; errorReason: string }, Nothing];
  'Fetch.fulfillRequest': [
    { requestId: string; responseCode: number; responseHeaders: HeaderEntry[]; body?: string },
    Nothing,
  ];
  'Fetch.getRequestPostData': [{ requestId: string }, { postData: string }];
  'Network.enable': [Nothing, Nothing];
  'Page.addScriptToEvaluateOnNewDocument': [{ source: string; worldName?: string }, Nothing];
  'Page.enable': [Nothing, Nothing];
  'Page.handleJavaScriptDialog': [{ accept: boolean }, Nothing];
  'Page.navigate': [{ url: string }, { errorText?: string }];
  'Page.stopLoading': [Nothing, Nothing];
  'Runtime.addBinding': [{ name: string; executionContextName: string }, Nothing];
  'Runtime.callFunctionOn': [
    { functionDeclaration: string; executionContextId: number; arguments: { value: string }[] },
    Nothing,
  ];
  'Runtime.enable': [Nothing, Nothing];
  'Runtime.evaluate': [
    { expression: string; awaitPromise: boolean; returnByValue: boolean; userGesture: boolean },
    { result: RemoteValue; exceptionDetails?: ExceptionDetails },
  ];
  'Runtime.runIfWaitingForDebugger': [Nothing, Nothing];
  'Target.closeTarget': [{ targetId: string }, Nothing];
  'Target.createTarget': [
    { url: string; newWindow: boolean; width: number; height: number },
    { targetId: string },
  ];
  'Target.setAutoAttach': [AutoAttach, Nothing];
}

/** Events and what they tell. `detached` is the connection's own. */
export interface CdpEvents {
  detached: Nothing;
  'Browser.downloadWillBegin': {
    readonly frameId: string;
    readonly guid: string;
    readonly url: string;
    readonly suggestedFilename: string;
  };
  'Debugger.paused': {
    readonly callFrames: readonly { readonly callFrameId: string; readonly functionName: string }[];
  };
  'Fetch.requestPaused': PausedRequest;
  'Inspector.targetCrashed': Nothing;
  'Network.webSocketCreated': { readonly url: string };
  'Page.frameAttached': { readonly frameId: string; readonly parentFrameId: string };
  'Page.frameNavigated': {
    readonly frame: { readonly id: string; readonly parentId?: string; readonly url: string };
  };
  'Page.frameRequestedNavigation': {
    readonly frameId: string;
    readonly url: string;
    readonly disposition: string;
  };
  'Page.javascriptDialogOpening': { readonly type: string };
  'Page.loadEventFired': Nothing;
  'Page.navigatedWithinDocument': { readonly frameId: string; readonly url: string };
  'Page.windowOpen': { readonly url: string; readonly windowName: string; readonly windowFeatures: string[] };
  'Runtime.bindingCalled': {
    readonly name: string;
    readonly payload: string;
    readonly executionContextId: number;
  };
  'Runtime.executionContextCreated': {
    readonly context: {
      readonly id: number;
      readonly name: string;
      readonly auxData?: { readonly frameId?: string };
    };
  };
  'Runtime.executionContextsCleared': Nothing;
  'Target.attachedToTarget': { readonly sessionId: string; readonly targetInfo: TargetInfo };
  'Target.detachedFromTarget': { readonly sessionId: string };
}
