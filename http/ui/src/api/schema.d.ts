// Made by types.mjs from the OpenAPI document; a test compares.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The rest is for the person, its leaders and administrators */
        Account: {
            active: boolean;
            admin: boolean;
            created?: string | null;
            defaultGroup?: number;
            email?: string;
            firstName: string;
            groups?: {
                id: number;
                leader: boolean;
                level: components["schemas"]["Level"];
                name: string;
            }[];
            id: number;
            institution?: string;
            lastName: string;
            login: string;
            middleName: string;
            name: string;
            privileges: components["schemas"]["Privilege"][];
            reader: boolean;
        };
        AccountChange: {
            active?: boolean;
            admin?: boolean;
            defaultGroup?: number;
            email?: string;
            firstName?: string;
            institution?: string;
            lastName?: string;
            login?: string;
            middleName?: string;
            privileges?: components["schemas"]["Privilege"][];
            reader?: boolean;
        };
        AccountList: {
            items: components["schemas"]["Account"][];
            next: string | null;
            total: number;
        };
        Actor: {
            busyFor: number;
            errors: number;
            gauges: {
                [key: string]: number;
            };
            handled: number;
            kind: string;
            mailbox: number;
            mean: number;
            message: string | null;
            name: string;
            oldest: number;
            p99: number;
            parent: string | null;
            request: string | null;
            restarts: number;
            /** @enum {string} */
            state: "idle" | "busy" | "draining" | "restarting" | "failed";
            uptime: number;
        };
        ActorDetails: {
            busyFor: number;
            errors: number;
            gauges: {
                [key: string]: number;
            };
            handled: number;
            kind: string;
            latest: components["schemas"]["HandledMessage"][];
            mailbox: number;
            mean: number;
            message: string | null;
            messages: {
                errors: number;
                handled: number;
                longest: number;
                mean: number;
                message: string;
            }[];
            name: string;
            oldest: number;
            p99: number;
            parent: string | null;
            request: string | null;
            restarts: number;
            /** @enum {string} */
            state: "idle" | "busy" | "draining" | "restarting" | "failed";
            troubles: components["schemas"]["HandledMessage"][];
            uptime: number;
        };
        Annotated: {
            id: number;
            links: {
                /** Format: date-time */
                at: string;
                by: components["schemas"]["Person"];
            }[];
            name: string;
            owner: components["schemas"]["Person"];
            type: components["schemas"]["ObjectType"];
        };
        AnnotatedList: {
            items: components["schemas"]["Annotated"][];
            next: string | null;
            total: number;
        };
        AnnotatedObjects: {
            annotations: number[];
            done: number[];
            refused: {
                error: string;
                id: number;
                reason: string;
            }[];
        };
        Annotation: {
            /** Format: date-time */
            created: string;
            description: string;
            file: {
                bytes: number;
                mime: string;
                name: string;
                sha256: string;
            } | null;
            id: number;
            /** @enum {string} */
            kind: "tag" | "comment" | "xml" | "term" | "long" | "double" | "boolean" | "timestamp" | "map" | "file" | "list";
            links: {
                /** Format: date-time */
                at: string;
                by: components["schemas"]["Person"];
                id: number;
                kind: string;
            }[];
            namespace: string | null;
            on: {
                id: number;
                kind: string;
            }[];
            owner: components["schemas"]["Person"];
            rights: ("annotate" | "edit" | "link" | "delete" | "move" | "give")[];
            /** Format: date-time */
            updated: string;
            /** @description text, number, truth, or a list of {k, v} */
            value: unknown;
            version: number;
        };
        AnnotationChange: {
            description?: string;
            namespace?: string;
            /** @description text, number, truth, or a list of {k, v} */
            value?: unknown;
            version?: number;
        };
        AnnotationIds: {
            ids: number[];
        };
        AnnotationLinks: {
            annotations?: number[];
            ids: number[];
            new?: {
                description?: string;
                /** @enum {string} */
                kind: "tag" | "comment" | "xml" | "term" | "long" | "double" | "boolean" | "timestamp" | "map" | "file" | "list";
                namespace?: string;
                /** @description text, number, truth, or a list of {k, v} */
                value?: unknown;
            }[];
            type: components["schemas"]["ObjectType"];
        } | {
            annotations?: number[];
            new?: {
                description?: string;
                /** @enum {string} */
                kind: "tag" | "comment" | "xml" | "term" | "long" | "double" | "boolean" | "timestamp" | "map" | "file" | "list";
                namespace?: string;
                /** @description text, number, truth, or a list of {k, v} */
                value?: unknown;
            }[];
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        AnnotationUnlinks: {
            annotations: number[];
            ids: number[];
            onlyOwn?: boolean;
            type: components["schemas"]["ObjectType"];
        } | {
            annotations: number[];
            onlyOwn?: boolean;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        Annotations: {
            items: components["schemas"]["Annotation"][];
        };
        Audit: {
            account: components["schemas"]["Person"] | null;
            actingFor: components["schemas"]["Person"] | null;
            action: string;
            address: string | null;
            /** Format: date-time */
            at: string;
            detail: Record<string, never>;
            group: number | null;
            id: number;
            session: number | null;
            type: string;
        };
        AuditList: {
            items: components["schemas"]["Audit"][];
            next: string | null;
            total: number;
        };
        BatchResult: {
            done: number[];
            refused: {
                error: string;
                id: number;
                reason: string;
            }[];
        };
        ChangedGroup: {
            group: components["schemas"]["GroupDetails"];
            losses: {
                annotationLinks: number;
                comments: number;
                forbiddenByPlates: number;
                links: number;
                rois: number;
                settings: number;
            };
        };
        Changes: {
            description?: string;
            ids: number[];
            name?: string;
            type: components["schemas"]["ObjectType"];
        } | {
            description?: string;
            name?: string;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        Channel: {
            active: boolean;
            coefficient: number;
            color: string;
            emission: number | null;
            excitation: number | null;
            family: string;
            index: number;
            inverted: boolean;
            lut: string | null;
            max: number | null;
            min: number | null;
            name: string;
            range: {
                max: number;
                min: number;
            };
            window: {
                end: number;
                start: number;
            };
        };
        CommitImport: {
            files?: {
                index: number;
                sha256?: string;
            }[];
        };
        Container: {
            /** Format: date-time */
            created: string;
            description: string;
            group: components["schemas"]["Named"];
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            rights: ("annotate" | "edit" | "link" | "delete" | "move" | "give")[];
            type: components["schemas"]["ObjectType"];
            /** Format: date-time */
            updated: string;
            version: number;
        };
        Credentials: {
            login: string;
            /** Format: password */
            password: string;
        };
        Dataset: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            images: number;
            name: string;
            owner: components["schemas"]["Person"];
        };
        DatasetDetails: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            images: number;
            name: string;
            owner: components["schemas"]["Person"];
            projects: components["schemas"]["Named"][];
        };
        DatasetList: {
            items: components["schemas"]["Dataset"][];
            next: string | null;
            total: number;
        };
        Deletion: {
            blocked: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            bytes: number;
            counts: {
                [key: string]: number;
            };
            left: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            needsConfirm: boolean;
            others: {
                [key: string]: number;
            };
            preview: boolean;
            purgeAfter: string | null;
            trash: number | null;
        };
        Drawing: {
            changed: components["schemas"]["DrawnRoi"][];
            created: components["schemas"]["DrawnRoi"][];
            deleted: number[];
            refused: {
                error: string;
                id: number;
                reason: string;
            }[];
            trash: number | null;
        };
        DrawnRoi: {
            id: number;
            shapes: number[];
            version: number;
        };
        DrawnShape: {
            c?: number | null;
            /** @description 0xRRGGBBAA */
            fill?: number | null;
            /** @description pixels: x, y, width, height (rectangle, mask); x, y, radius x, radius y (ellipse); x, y (point, label); x1, y1, x2, y2 (line); x, y of each point (polyline, polygon) */
            geometry: number[];
            /** @enum {string} */
            kind: "rectangle" | "ellipse" | "point" | "line" | "polyline" | "polygon" | "label" | "mask";
            locked?: boolean;
            /** @description base64, a bit per pixel, row by row, highest bit first */
            mask?: string | null;
            /** @description 0xRRGGBBAA */
            stroke?: number | null;
            style?: components["schemas"]["ShapeStyle"];
            t?: number | null;
            text?: string;
            /** @description a00, a10, a01, a11, a02, a12 */
            transform?: number[] | null;
            z?: number | null;
        };
        EditedShape: {
            c?: number | null;
            /** @description 0xRRGGBBAA */
            fill?: number | null;
            /** @description pixels: x, y, width, height (rectangle, mask); x, y, radius x, radius y (ellipse); x, y (point, label); x1, y1, x2, y2 (line); x, y of each point (polyline, polygon) */
            geometry: number[];
            /** @description the shape it takes the place of */
            id?: number;
            /** @enum {string} */
            kind: "rectangle" | "ellipse" | "point" | "line" | "polyline" | "polygon" | "label" | "mask";
            locked?: boolean;
            /** @description base64, a bit per pixel, row by row, highest bit first */
            mask?: string | null;
            /** @description 0xRRGGBBAA */
            stroke?: number | null;
            style?: components["schemas"]["ShapeStyle"];
            t?: number | null;
            text?: string;
            /** @description a00, a10, a01, a11, a02, a12 */
            transform?: number[] | null;
            z?: number | null;
        };
        Extent: {
            height: number;
            width: number;
        };
        FigureHistory: {
            at: number[];
            cacheHits: (number | null)[];
            cpu: (number | null)[];
            decode: (number | null)[];
            mailbox: (number | null)[];
            memory: (number | null)[];
            p50: (number | null)[];
            p95: (number | null)[];
            p99: (number | null)[];
            queueAge: (number | null)[];
            render: (number | null)[];
            requests: (number | null)[];
            step: number;
            upload: (number | null)[];
        };
        Folder: {
            /** Format: date-time */
            created: string;
            description: string;
            folders: number;
            id: number;
            images: number;
            name: string;
            owner: components["schemas"]["Person"];
            parent: number | null;
            rois: number;
        };
        FolderList: {
            items: components["schemas"]["Folder"][];
            next: string | null;
            total: number;
        };
        Gift: {
            blocked: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            counts: {
                [key: string]: number;
            };
            left: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            others: {
                [key: string]: number;
            };
            preview: boolean;
        };
        Group: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            leader: boolean;
            level: components["schemas"]["Level"];
            member: boolean;
            members: number;
            name: string;
            system: boolean;
        };
        GroupChange: {
            description?: string;
            level?: components["schemas"]["Level"];
            name?: string;
        };
        GroupDetails: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            leader: boolean;
            level: components["schemas"]["Level"];
            member: boolean;
            members: number;
            name: string;
            people: {
                active: boolean;
                id: number;
                leader: boolean;
                login: string;
                name: string;
            }[];
            system: boolean;
        };
        GroupList: {
            items: components["schemas"]["Group"][];
        };
        HandledMessage: {
            at: number;
            error: string | null;
            message: string;
            request: string | null;
            seconds: number;
        };
        Health: {
            status: string;
        };
        Histogram: {
            channel: number;
            counts: number[];
            exact: boolean;
            level: number | null;
            max: number | null;
            min: number | null;
            t: number | null;
            whole: boolean;
            z: number | null;
        };
        History: {
            account: components["schemas"]["Person"] | null;
            actingFor: components["schemas"]["Person"] | null;
            action: string;
            /** Format: date-time */
            at: string;
            detail: Record<string, never>;
            id: number;
            type: string;
        };
        HistoryList: {
            items: components["schemas"]["History"][];
            next: string | null;
            total: number;
        };
        Image: {
            acquired: string | null;
            channels: components["schemas"]["Channel"][];
            /** Format: date-time */
            created: string;
            datasets: {
                id: number;
                name: string;
                projects: components["schemas"]["Named"][];
            }[];
            defaultT: number;
            defaultZ: number;
            description: string;
            error?: string;
            files: {
                bytes: number;
                name: string;
                sha256: string;
            }[];
            format: string;
            group: components["schemas"]["Named"];
            id: number;
            /** Format: date-time */
            imported: string;
            inPlace: boolean;
            levels: components["schemas"]["Extent"][];
            /** @enum {string} */
            model: "color" | "greyscale";
            name: string;
            owner: components["schemas"]["Person"];
            physicalSizeX: components["schemas"]["Quantity"] | null;
            physicalSizeY: components["schemas"]["Quantity"] | null;
            physicalSizeZ: components["schemas"]["Quantity"] | null;
            pixelType: string;
            /** @description the levels are all 256, and no noise reduction is on: who has the samples can draw as the server draws */
            plainLevels: boolean;
            pyramid: {
                error: string | null;
                progress: number;
                /** @enum {string} */
                state: "none" | "waiting" | "building" | "ready" | "failed";
            };
            rgb: boolean;
            series: number;
            significantBits: number | null;
            sizeC: number;
            sizeT: number;
            sizeX: number;
            sizeY: number;
            sizeZ: number;
            /** @enum {string} */
            state: "measuring" | "ready" | "damaged";
            thumbnail: string;
            tileSize: components["schemas"]["Extent"];
            timeIncrement: components["schemas"]["Quantity"] | null;
        };
        ImageEntry: {
            acquired: string | null;
            /** Format: date-time */
            created: string;
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            pixelType: string;
            sizeC: number;
            sizeT: number;
            sizeX: number;
            sizeY: number;
            sizeZ: number;
            /** @enum {string} */
            state: "measuring" | "ready" | "damaged";
            thumbnail: string;
        };
        ImageList: {
            items: components["schemas"]["ImageEntry"][];
            next: string | null;
            total: number;
        };
        Import: {
            bytes: number;
            /** Format: date-time */
            created: string;
            dataset: components["schemas"]["Named"] | null;
            error: string | null;
            fileCount: number;
            files: {
                bytes: number;
                index: number;
                path: string;
                received: number;
            }[];
            fraction: number;
            id: number;
            inPlace: boolean;
            received: number;
            results: {
                error?: string;
                files?: number;
                images?: {
                    id: number;
                    name: string;
                    series: number;
                }[];
                path: string;
                skipped?: string;
                warnings?: string[];
            }[];
            state: string;
        };
        ImportList: {
            items: components["schemas"]["Import"][];
            next: string | null;
            total: number;
        };
        ImportedRois: {
            created: number;
            rois: number[];
            shapes: number;
            warnings: string[];
        };
        Job: {
            /** @enum {string} */
            act: "change" | "link" | "unlink" | "annotate" | "unannotate" | "rate" | "delete-annotations" | "paste-settings" | "reset-settings" | "delete" | "move" | "give";
            answer: Record<string, never> | null;
            /** Format: date-time */
            created: string;
            ended: string | null;
            error: string | null;
            handled: number;
            id: number;
            owner: components["schemas"]["Person"];
            reason: string | null;
            refused: number;
            started: string | null;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
            total: number;
            type: components["schemas"]["ObjectType"];
        };
        JobList: {
            items: components["schemas"]["Job"][];
            next: string | null;
            total: number;
        };
        JobResult: {
            error: string | null;
            id: number;
            reason: string | null;
        };
        JobResultList: {
            items: components["schemas"]["JobResult"][];
            next: string | null;
            total: number;
        };
        Keys: {
            items: {
                key: string;
                uses: number;
            }[];
        };
        /** @enum {string} */
        Level: "private" | "read-only" | "read-annotate" | "read-write";
        Links: {
            from?: number;
            ids: number[];
            parent: components["schemas"]["Object"];
            type: components["schemas"]["ObjectType"];
        } | {
            from?: number;
            parent: components["schemas"]["Object"];
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        LutList: {
            items: {
                name: string;
                path: string | null;
            }[];
            stripHeight: number;
        };
        MadeShare: {
            /** Format: date-time */
            created: string;
            download: boolean;
            /** Format: date-time */
            expires: string;
            id: number;
            lastView: string | null;
            objects: {
                id: number;
                /** @enum {string} */
                type: "project" | "dataset" | "image" | "screen" | "plate";
            }[];
            owner: components["schemas"]["Person"];
            password: boolean;
            title: string;
            token: string;
            url: string;
            views: number;
        };
        MeasuredShapes: {
            shapes: {
                channels: {
                    channel: number;
                    deviation: number | null;
                    max: number | null;
                    mean: number | null;
                    min: number | null;
                    points: number;
                    sum: number | null;
                }[];
                id: number;
                t: number;
                z: number;
            }[];
        };
        Membership: {
            leader?: boolean;
        };
        Metadata: {
            channels: Record<string, never>[];
            facts: string[][];
            instrument: components["schemas"]["Part"] | null;
            planes: {
                deltaT: (number | null)[] | null;
                exposure: (number | null)[] | null;
                x: (number | null)[] | null;
                y: (number | null)[] | null;
                z: (number | null)[] | null;
            } | null;
            settings: components["schemas"]["Part"][];
            warnings: string[];
        };
        Move: {
            blocked: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            counts: {
                [key: string]: number;
            };
            cut: {
                annotations: number;
                links: number;
            };
            left: {
                error: string;
                id: number;
                reason: string;
                type: components["schemas"]["ObjectType"];
            }[];
            leftBehind: {
                id: number;
                text: string;
            }[];
            others: {
                [key: string]: number;
            };
            preview: boolean;
        };
        Named: {
            id: number;
            name: string;
        };
        NewAccount: {
            admin?: boolean;
            email?: string;
            firstName?: string;
            group: number;
            institution?: string;
            lastName?: string;
            login: string;
            middleName?: string;
            /** Format: password */
            password?: string;
            privileges?: components["schemas"]["Privilege"][];
            reader?: boolean;
        };
        NewAnnotation: {
            description?: string;
            /** @enum {string} */
            kind: "tag" | "comment" | "xml" | "term" | "long" | "double" | "boolean" | "timestamp" | "map" | "file" | "list";
            namespace?: string;
            on?: {
                ids: number[];
                type: components["schemas"]["ObjectType"];
            } | {
                selection: components["schemas"]["Selection"];
                type: components["schemas"]["ObjectType"];
            };
            /** @description text, number, truth, or a list of {k, v} */
            value?: unknown;
        };
        NewContainer: {
            description?: string;
            name: string;
            parent?: number;
        };
        NewDataset: {
            description?: string;
            name: string;
            project?: number;
        };
        NewDeletion: {
            confirm?: boolean;
            contents?: boolean;
            ids: number[];
            keep?: ("tag" | "comment" | "xml" | "term" | "number" | "boolean" | "timestamp" | "map" | "file" | "list")[];
            preview?: boolean;
            type: components["schemas"]["ObjectType"];
        } | {
            confirm?: boolean;
            contents?: boolean;
            keep?: ("tag" | "comment" | "xml" | "term" | "number" | "boolean" | "timestamp" | "map" | "file" | "list")[];
            preview?: boolean;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        NewDownload: {
            ids: number[];
            type: components["schemas"]["ObjectType"];
        } | {
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        } | {
            objects: components["schemas"]["Object"][];
        };
        NewDrawing: {
            change?: {
                description?: string;
                /** @description ids of shapes */
                drop?: number[];
                id: number;
                name?: string;
                put?: components["schemas"]["EditedShape"][];
                /** @description all there are from now on */
                shapes?: components["schemas"]["EditedShape"][];
                version?: number;
            }[];
            create?: components["schemas"]["NewRoi"][];
            delete?: {
                id: number;
                version?: number;
            }[];
            image?: number;
        };
        NewGift: {
            account: number;
            contents?: boolean;
            ids: number[];
            preview?: boolean;
            type: components["schemas"]["ObjectType"];
        } | {
            account: number;
            contents?: boolean;
            preview?: boolean;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        NewGroup: {
            description?: string;
            level?: components["schemas"]["Level"];
            name: string;
        };
        NewImport: {
            /** @description id or name */
            dataset?: number | string;
            files?: {
                bytes: number;
                path: string;
            }[];
            inPlace?: string[];
            /** @description id or name */
            project?: number | string;
        };
        NewMove: {
            contents?: boolean;
            group: number;
            ids: number[];
            preview?: boolean;
            type: components["schemas"]["ObjectType"];
        } | {
            contents?: boolean;
            group: number;
            preview?: boolean;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        NewPassword: {
            /** Format: password */
            password: string;
            token: string;
        };
        NewPlate: {
            columns?: number;
            description?: string;
            name: string;
            rows?: number;
            screen?: number;
        };
        NewProject: {
            description?: string;
            name: string;
        };
        NewRoi: {
            description?: string;
            name?: string;
            shapes: components["schemas"]["DrawnShape"][];
        };
        NewRois: {
            rois: components["schemas"]["NewRoi"][];
        };
        NewRun: {
            description?: string;
            name: string;
        };
        NewShare: {
            /** @default 30 */
            days?: number;
            download?: boolean;
            ids: number[];
            /** Format: password */
            password?: string;
            title?: string;
            type: string;
        } | {
            /** @default 30 */
            days?: number;
            download?: boolean;
            /** Format: password */
            password?: string;
            selection: components["schemas"]["Selection"];
            title?: string;
            type: string;
        } | {
            /** @default 30 */
            days?: number;
            download?: boolean;
            objects: {
                id: number;
                /** @enum {string} */
                type: "project" | "dataset" | "image" | "screen" | "plate";
            }[];
            /** Format: password */
            password?: string;
            title?: string;
        };
        NewToken: {
            days?: number;
            name: string;
            scopes?: components["schemas"]["Scope"][];
        };
        NewViewSettings: {
            channels: {
                active: boolean;
                coefficient: number;
                color: string;
                /** @enum {string} */
                family: "linear" | "polynomial" | "exponential" | "logarithmic";
                index: number;
                inverted: boolean;
                lut?: string | null;
                noiseReduction: boolean;
                window: {
                    end: number;
                    start: number;
                };
            }[];
            codomain: {
                end: number;
                resolution: number;
                start: number;
            };
            /** @enum {string} */
            model: "color" | "greyscale";
            t: number;
            z: number;
        };
        Object: {
            id: number;
            type: components["schemas"]["ObjectType"];
        };
        /** @enum {string} */
        ObjectType: "project" | "dataset" | "image" | "annotation" | "screen" | "plate" | "folder" | "roi" | "fileset" | "well" | "run" | "channel" | "shape" | "reagent";
        Part: {
            attributes: Record<string, never>;
            id: string;
            kind: string;
            parts: components["schemas"]["Part"][];
        };
        PasswordChange: {
            old?: string;
            /** Format: password */
            password: string;
        };
        PasteViewSettings: {
            images: number[];
        } | {
            selection: components["schemas"]["Selection"];
        };
        PastedViewSettings: {
            results: {
                error: string | null;
                image: number;
            }[];
        };
        Person: {
            id: number;
            login: string;
            name: string;
        };
        Places: {
            places: {
                id: number;
                name: string;
                type: components["schemas"]["ObjectType"];
            }[][];
        };
        Plate: {
            attributes: Record<string, never>;
            columnNaming: string;
            columns: number;
            /** Format: date-time */
            created: string;
            defaultField: number;
            description: string;
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            rowNaming: string;
            rows: number;
            wells: number;
        };
        PlateDetails: {
            attributes: Record<string, never>;
            columnNaming: string;
            columns: number;
            /** Format: date-time */
            created: string;
            defaultField: number;
            description: string;
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            rowNaming: string;
            rows: number;
            runs: components["schemas"]["Run"][];
            screens: components["schemas"]["Named"][];
            wells: components["schemas"]["Well"][];
        };
        PlateFields: {
            fields: {
                column: number;
                image: number;
                row: number;
                run?: number;
            }[];
        };
        PlateList: {
            items: components["schemas"]["Plate"][];
            next: string | null;
            total: number;
        };
        /** @enum {string} */
        Privilege: "actAs" | "writeOwned" | "writeFile" | "writeManagedRepo" | "writeScriptRepo" | "deleteOwned" | "deleteFile" | "deleteManagedRepo" | "deleteScriptRepo" | "move" | "give" | "modifyGroup" | "modifyMembership" | "modifyAccount" | "readSession";
        Problem: {
            detail: string;
            request?: string;
            status: number;
            title: string;
            type: string;
        };
        Project: {
            /** Format: date-time */
            created: string;
            datasets: number;
            description: string;
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
        };
        ProjectList: {
            items: components["schemas"]["Project"][];
            next: string | null;
            total: number;
        };
        Quantity: {
            unit: string;
            value: number;
        };
        Ratings: {
            ids: number[];
            rating: number;
            type: components["schemas"]["ObjectType"];
        } | {
            rating: number;
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        Readiness: {
            checks: Record<string, never>;
            status: string;
        };
        RequestTrace: {
            at: number;
            id: string;
            leftOut: number;
            method: string;
            route: string;
            seconds: number;
            spans: {
                actor: string;
                begin: number;
                failed: boolean;
                message: string;
                seconds: number;
            }[];
            status: number;
        };
        ResetLink: {
            /** Format: date-time */
            expires: string;
            link: string;
            login: string;
            token: string;
        };
        ResetManySettings: {
            images: number[];
            /** @enum {string} */
            to: "imported" | "owner" | "minMax" | "fullRange";
        } | {
            selection: components["schemas"]["Selection"];
            /** @enum {string} */
            to: "imported" | "owner" | "minMax" | "fullRange";
        };
        ResetViewSettings: {
            /** @enum {string} */
            to: "imported" | "owner" | "minMax" | "fullRange" | "auto";
        };
        Restored: {
            counts: {
                [key: string]: number;
            };
            dropped: {
                [key: string]: number;
            };
        };
        Roi: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            image: number | null;
            name: string;
            owner: components["schemas"]["Person"];
            rights: string[];
            shapes: components["schemas"]["StoredShape"][];
            /** Format: date-time */
            updated: string;
            version: number;
        };
        RoiChange: {
            description?: string;
            /** @description ids of shapes */
            drop?: number[];
            name?: string;
            put?: components["schemas"]["EditedShape"][];
            /** @description all there are from now on */
            shapes?: components["schemas"]["EditedShape"][];
            version?: number;
        };
        RoiList: {
            items: components["schemas"]["Roi"][];
            next: string | null;
            total: number;
        };
        Run: {
            description: string;
            ended: string | null;
            id: number;
            mostFields: number | null;
            name: string;
            plate: number;
            started: string | null;
        };
        SampleLines: {
            channels: {
                channel: number;
                samples: (number | null)[];
            }[];
        };
        /** @enum {string} */
        Scope: "read" | "write" | "administer";
        Screen: {
            attributes: Record<string, never>;
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            plates: number;
            reagents: {
                description: string;
                id: number;
                identifier: string;
                name: string;
            }[];
        };
        ScreenList: {
            items: components["schemas"]["Screen"][];
            next: string | null;
            total: number;
        };
        SearchCounts: {
            groups: {
                count: number;
                id: number;
                name: string;
            }[];
            owners: {
                count: number;
                id: number;
                login: string;
                name: string;
            }[];
            tags: {
                count: number;
                text: string;
            }[];
            total: number;
            types: {
                count: number;
                type: components["schemas"]["ObjectType"];
            }[];
        };
        SearchItem: {
            acquired: string | null;
            /** Format: date-time */
            created: string;
            group: components["schemas"]["Named"];
            id: number;
            name: string;
            owner: components["schemas"]["Person"];
            rank: number;
            thumbnail: string | null;
            type: components["schemas"]["ObjectType"];
        };
        SearchList: {
            items: components["schemas"]["SearchItem"][];
            next: string | null;
            total: number;
        };
        /** @description all of a type that the words of a search find in the containers, with `plus` and then without `minus` */
        Selection: {
            minus?: string[];
            plus?: string[];
            query?: string;
            /** @description containers, like dataset:5 */
            within?: string | string[];
        };
        ServerSettings: {
            items: {
                help: string;
                key: string;
                source: string;
                value: string;
            }[];
        };
        Session: {
            account: {
                admin: boolean;
                id: number;
                login: string;
                name: string;
            };
            csrf: string;
            /** Format: date-time */
            expires: string;
            group: components["schemas"]["Named"];
            kind: components["schemas"]["SessionKind"];
            privileges: components["schemas"]["Privilege"][];
            scopes: components["schemas"]["Scope"][];
            sudoer: string | null;
        };
        SessionEntry: {
            account: components["schemas"]["Person"];
            address: string;
            agent: string;
            /** Format: date-time */
            created: string;
            current: boolean;
            /** Format: date-time */
            expires: string;
            id: number;
            kind: components["schemas"]["SessionKind"];
            /** Format: date-time */
            lastSeen: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            sudoer: string | null;
        };
        /** @enum {string} */
        SessionKind: "signed-in" | "token" | "acting-as" | "visitor" | "share";
        SessionList: {
            items: components["schemas"]["SessionEntry"][];
        };
        Shape: {
            /** @enum {string} */
            type: "point" | "rectangle" | "ellipse" | "line" | "polygon" | "polyline";
        };
        ShapeIds: {
            c?: number;
            shapes: number[];
            t?: number;
            z?: number;
        };
        ShapeList: {
            clusters: {
                cells: {
                    count: number;
                    x: number;
                    y: number;
                }[];
                size: number;
            } | null;
            items: {
                /** @description left, top, right, bottom */
                bounds: number[];
                c: number | null;
                /** @description 0xRRGGBBAA */
                fill: number | null;
                /** @description pixels: x, y, width, height (rectangle, mask); x, y, radius x, radius y (ellipse); x, y (point, label); x1, y1, x2, y2 (line); x, y of each point (polyline, polygon) */
                geometry: number[];
                id: number;
                /** @enum {string} */
                kind: "rectangle" | "ellipse" | "point" | "line" | "polyline" | "polygon" | "label" | "mask";
                locked: boolean;
                /** @description base64, a bit per pixel, row by row, highest bit first */
                mask: string | null;
                roi: number;
                /** @description 0xRRGGBBAA */
                stroke: number | null;
                style: components["schemas"]["ShapeStyle"];
                t: number | null;
                text: string;
                /** @description a00, a10, a01, a11, a02, a12 */
                transform: number[] | null;
                z: number | null;
            }[];
            next: string | null;
            total: number;
        };
        ShapeStatistics: {
            channels: {
                channel: number;
                deviation: number | null;
                max: number | null;
                mean: number | null;
                min: number | null;
                points: number;
                sum: number | null;
            }[];
        };
        ShapeStyle: {
            fillRule?: string;
            fontFamily?: string;
            fontSize?: components["schemas"]["Quantity"];
            fontStyle?: string;
            lineCap?: string;
            /** @description Arrow */
            markerEnd?: string;
            /** @description Arrow */
            markerStart?: string;
            strokeDashes?: string;
            strokeWidth?: components["schemas"]["Quantity"];
        };
        Share: {
            /** Format: date-time */
            created: string;
            download: boolean;
            /** Format: date-time */
            expires: string;
            id: number;
            lastView: string | null;
            objects: {
                id: number;
                /** @enum {string} */
                type: "project" | "dataset" | "image" | "screen" | "plate";
            }[];
            owner: components["schemas"]["Person"];
            password: boolean;
            title: string;
            views: number;
        };
        ShareChange: {
            /** @default 30 */
            days?: number;
        };
        ShareList: {
            items: components["schemas"]["Share"][];
        };
        SignedIn: {
            account: {
                admin: boolean;
                id: number;
                login: string;
                name: string;
            };
            csrf: string;
            /** Format: date-time */
            expires: string;
            group: components["schemas"]["Named"];
            kind: components["schemas"]["SessionKind"];
            privileges: components["schemas"]["Privilege"][];
            scopes: components["schemas"]["Scope"][];
            sudoer: string | null;
            token: string;
        };
        SingleAnnotation: {
            /** Format: date-time */
            created: string;
            description: string;
            file: {
                bytes: number;
                mime: string;
                name: string;
                sha256: string;
            } | null;
            id: number;
            /** @enum {string} */
            kind: "tag" | "comment" | "xml" | "term" | "long" | "double" | "boolean" | "timestamp" | "map" | "file" | "list";
            namespace: string | null;
            owner: components["schemas"]["Person"];
            rights: ("annotate" | "edit" | "link" | "delete" | "move" | "give")[];
            /** Format: date-time */
            updated: string;
            /** @description text, number, truth, or a list of {k, v} */
            value: unknown;
            version: number;
        };
        Status: {
            actors: components["schemas"]["Actor"][];
            at: number;
            caches: Record<string, never>[];
            connections: Record<string, never>;
            database: Record<string, never>;
            imports: Record<string, never>;
            process: {
                cpuSeconds: number;
                openFiles: number;
                residentBytes: number;
                threads: number;
            };
            queues: Record<string, never>[];
            ready: boolean;
            requests: Record<string, never>;
            sessions: number;
            uptime: number;
            version: string;
        };
        Storage: {
            bytes: number;
            disk: {
                bytes: number;
                free: number;
            } | null;
            files: number;
            formats: {
                bytes: number;
                files: number;
                name: string;
            }[];
            groups: {
                bytes: number;
                files: number;
                id: number;
                name: string;
            }[];
            inPlace: number;
            owners: {
                bytes: number;
                files: number;
                id: number;
                name: string;
            }[];
            trash: number;
        };
        StoredShape: {
            /** @description left, top, right, bottom */
            bounds: number[];
            c: number | null;
            /** @description 0xRRGGBBAA */
            fill: number | null;
            /** @description pixels: x, y, width, height (rectangle, mask); x, y, radius x, radius y (ellipse); x, y (point, label); x1, y1, x2, y2 (line); x, y of each point (polyline, polygon) */
            geometry: number[];
            id: number;
            /** @enum {string} */
            kind: "rectangle" | "ellipse" | "point" | "line" | "polyline" | "polygon" | "label" | "mask";
            locked: boolean;
            /** @description base64, a bit per pixel, row by row, highest bit first */
            mask: string | null;
            /** @description 0xRRGGBBAA */
            stroke: number | null;
            style: components["schemas"]["ShapeStyle"];
            t: number | null;
            text: string;
            /** @description a00, a10, a01, a11, a02, a12 */
            transform: number[] | null;
            z: number | null;
        };
        TableMatch: {
            annotations: number[];
            column: string;
            counts: {
                ambiguous: number;
                denied: number;
                match: number;
                missing: number;
            };
            keys: string[];
            of: components["schemas"]["ObjectType"];
            rows: {
                ids: number[];
                line: number;
                name: string;
                pairs: number;
                /** @enum {string} */
                status: "match" | "ambiguous" | "missing" | "denied";
                tags: string[];
            }[];
            separator: string;
            tags: string[];
        };
        Tag: {
            /** Format: date-time */
            created: string;
            description: string;
            id: number;
            mine: number;
            namespace: string | null;
            owner: components["schemas"]["Person"];
            rights: ("annotate" | "edit" | "link" | "delete" | "move" | "give")[];
            set: boolean;
            uses: number;
            value: string;
            version: number;
        };
        TagList: {
            items: components["schemas"]["Tag"][];
            next: string | null;
            total: number;
        };
        Thumbnails: {
            refused: {
                error: string;
                id: number;
                reason: string;
            }[];
            thumbnails: {
                id: number;
                image: string;
            }[];
        };
        Token: {
            account: components["schemas"]["Person"];
            address: string;
            agent: string;
            /** Format: date-time */
            created: string;
            current: boolean;
            /** Format: date-time */
            expires: string;
            id: number;
            kind: components["schemas"]["SessionKind"];
            /** Format: date-time */
            lastSeen: string;
            name: string;
            scopes: components["schemas"]["Scope"][];
            sudoer: string | null;
            token: string;
        };
        TracedRequest: {
            at: number;
            id: string;
            method: string;
            route: string;
            seconds: number;
            status: number;
        };
        TracedRequests: {
            items: components["schemas"]["TracedRequest"][];
        };
        Trash: {
            bytes: number;
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            deleted: string;
            deletedBy: components["schemas"]["Person"];
            id: number;
            mayPurge: boolean;
            /** Format: date-time */
            purgeAfter: string;
            title: string;
        };
        TrashList: {
            items: components["schemas"]["Trash"][];
            next: string | null;
            total: number;
        };
        Unlinks: {
            ids: number[];
            parent: components["schemas"]["Object"];
            type: components["schemas"]["ObjectType"];
        } | {
            parent: components["schemas"]["Object"];
            selection: components["schemas"]["Selection"];
            type: components["schemas"]["ObjectType"];
        };
        Version: {
            name: string;
            version: string;
        };
        ViewSettings: {
            changed: string | null;
            channels: {
                active: boolean;
                coefficient: number;
                color: string;
                /** @enum {string} */
                family: "linear" | "polynomial" | "exponential" | "logarithmic";
                index: number;
                inverted: boolean;
                lut?: string | null;
                noiseReduction: boolean;
                window: {
                    end: number;
                    start: number;
                };
            }[];
            codomain: {
                end: number;
                resolution: number;
                start: number;
            };
            /** @enum {string} */
            from: "own" | "owner" | "computed";
            image: number;
            maySave: boolean;
            /** @enum {string} */
            model: "color" | "greyscale";
            owner: components["schemas"]["Person"];
            t: number;
            z: number;
        };
        Well: {
            attributes: Record<string, never>;
            column: number;
            fields: {
                image: number;
                run: number | null;
                taken: string | null;
                thumbnail: string;
                x: components["schemas"]["Quantity"] | null;
                y: components["schemas"]["Quantity"] | null;
            }[];
            id: number;
            name: string;
            plate: number;
            reagents: number[];
            row: number;
        };
        WellList: {
            items: components["schemas"]["Well"][];
            next: string | null;
            total: number;
        };
        Words: {
            description?: string;
            name?: string;
            version?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Account = components['schemas']['Account'];
export type AccountChange = components['schemas']['AccountChange'];
export type AccountList = components['schemas']['AccountList'];
export type Actor = components['schemas']['Actor'];
export type ActorDetails = components['schemas']['ActorDetails'];
export type Annotated = components['schemas']['Annotated'];
export type AnnotatedList = components['schemas']['AnnotatedList'];
export type AnnotatedObjects = components['schemas']['AnnotatedObjects'];
export type Annotation = components['schemas']['Annotation'];
export type AnnotationChange = components['schemas']['AnnotationChange'];
export type AnnotationIds = components['schemas']['AnnotationIds'];
export type AnnotationLinks = components['schemas']['AnnotationLinks'];
export type AnnotationUnlinks = components['schemas']['AnnotationUnlinks'];
export type Annotations = components['schemas']['Annotations'];
export type Audit = components['schemas']['Audit'];
export type AuditList = components['schemas']['AuditList'];
export type BatchResult = components['schemas']['BatchResult'];
export type ChangedGroup = components['schemas']['ChangedGroup'];
export type Changes = components['schemas']['Changes'];
export type Channel = components['schemas']['Channel'];
export type CommitImport = components['schemas']['CommitImport'];
export type Container = components['schemas']['Container'];
export type Credentials = components['schemas']['Credentials'];
export type Dataset = components['schemas']['Dataset'];
export type DatasetDetails = components['schemas']['DatasetDetails'];
export type DatasetList = components['schemas']['DatasetList'];
export type Deletion = components['schemas']['Deletion'];
export type Drawing = components['schemas']['Drawing'];
export type DrawnRoi = components['schemas']['DrawnRoi'];
export type DrawnShape = components['schemas']['DrawnShape'];
export type EditedShape = components['schemas']['EditedShape'];
export type Extent = components['schemas']['Extent'];
export type FigureHistory = components['schemas']['FigureHistory'];
export type Folder = components['schemas']['Folder'];
export type FolderList = components['schemas']['FolderList'];
export type Gift = components['schemas']['Gift'];
export type Group = components['schemas']['Group'];
export type GroupChange = components['schemas']['GroupChange'];
export type GroupDetails = components['schemas']['GroupDetails'];
export type GroupList = components['schemas']['GroupList'];
export type HandledMessage = components['schemas']['HandledMessage'];
export type Health = components['schemas']['Health'];
export type Histogram = components['schemas']['Histogram'];
export type History = components['schemas']['History'];
export type HistoryList = components['schemas']['HistoryList'];
export type Image = components['schemas']['Image'];
export type ImageEntry = components['schemas']['ImageEntry'];
export type ImageList = components['schemas']['ImageList'];
export type Import = components['schemas']['Import'];
export type ImportList = components['schemas']['ImportList'];
export type ImportedRois = components['schemas']['ImportedRois'];
export type Job = components['schemas']['Job'];
export type JobList = components['schemas']['JobList'];
export type JobResult = components['schemas']['JobResult'];
export type JobResultList = components['schemas']['JobResultList'];
export type Keys = components['schemas']['Keys'];
export type Level = components['schemas']['Level'];
export type Links = components['schemas']['Links'];
export type LutList = components['schemas']['LutList'];
export type MadeShare = components['schemas']['MadeShare'];
export type MeasuredShapes = components['schemas']['MeasuredShapes'];
export type Membership = components['schemas']['Membership'];
export type Metadata = components['schemas']['Metadata'];
export type Move = components['schemas']['Move'];
export type Named = components['schemas']['Named'];
export type NewAccount = components['schemas']['NewAccount'];
export type NewAnnotation = components['schemas']['NewAnnotation'];
export type NewContainer = components['schemas']['NewContainer'];
export type NewDataset = components['schemas']['NewDataset'];
export type NewDeletion = components['schemas']['NewDeletion'];
export type NewDownload = components['schemas']['NewDownload'];
export type NewDrawing = components['schemas']['NewDrawing'];
export type NewGift = components['schemas']['NewGift'];
export type NewGroup = components['schemas']['NewGroup'];
export type NewImport = components['schemas']['NewImport'];
export type NewMove = components['schemas']['NewMove'];
export type NewPassword = components['schemas']['NewPassword'];
export type NewPlate = components['schemas']['NewPlate'];
export type NewProject = components['schemas']['NewProject'];
export type NewRoi = components['schemas']['NewRoi'];
export type NewRois = components['schemas']['NewRois'];
export type NewRun = components['schemas']['NewRun'];
export type NewShare = components['schemas']['NewShare'];
export type NewToken = components['schemas']['NewToken'];
export type NewViewSettings = components['schemas']['NewViewSettings'];
export type Object = components['schemas']['Object'];
export type ObjectType = components['schemas']['ObjectType'];
export type Part = components['schemas']['Part'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type PasteViewSettings = components['schemas']['PasteViewSettings'];
export type PastedViewSettings = components['schemas']['PastedViewSettings'];
export type Person = components['schemas']['Person'];
export type Places = components['schemas']['Places'];
export type Plate = components['schemas']['Plate'];
export type PlateDetails = components['schemas']['PlateDetails'];
export type PlateFields = components['schemas']['PlateFields'];
export type PlateList = components['schemas']['PlateList'];
export type Privilege = components['schemas']['Privilege'];
export type Problem = components['schemas']['Problem'];
export type Project = components['schemas']['Project'];
export type ProjectList = components['schemas']['ProjectList'];
export type Quantity = components['schemas']['Quantity'];
export type Ratings = components['schemas']['Ratings'];
export type Readiness = components['schemas']['Readiness'];
export type RequestTrace = components['schemas']['RequestTrace'];
export type ResetLink = components['schemas']['ResetLink'];
export type ResetManySettings = components['schemas']['ResetManySettings'];
export type ResetViewSettings = components['schemas']['ResetViewSettings'];
export type Restored = components['schemas']['Restored'];
export type Roi = components['schemas']['Roi'];
export type RoiChange = components['schemas']['RoiChange'];
export type RoiList = components['schemas']['RoiList'];
export type Run = components['schemas']['Run'];
export type SampleLines = components['schemas']['SampleLines'];
export type Scope = components['schemas']['Scope'];
export type Screen = components['schemas']['Screen'];
export type ScreenList = components['schemas']['ScreenList'];
export type SearchCounts = components['schemas']['SearchCounts'];
export type SearchItem = components['schemas']['SearchItem'];
export type SearchList = components['schemas']['SearchList'];
export type Selection = components['schemas']['Selection'];
export type ServerSettings = components['schemas']['ServerSettings'];
export type Session = components['schemas']['Session'];
export type SessionEntry = components['schemas']['SessionEntry'];
export type SessionKind = components['schemas']['SessionKind'];
export type SessionList = components['schemas']['SessionList'];
export type Shape = components['schemas']['Shape'];
export type ShapeIds = components['schemas']['ShapeIds'];
export type ShapeList = components['schemas']['ShapeList'];
export type ShapeStatistics = components['schemas']['ShapeStatistics'];
export type ShapeStyle = components['schemas']['ShapeStyle'];
export type Share = components['schemas']['Share'];
export type ShareChange = components['schemas']['ShareChange'];
export type ShareList = components['schemas']['ShareList'];
export type SignedIn = components['schemas']['SignedIn'];
export type SingleAnnotation = components['schemas']['SingleAnnotation'];
export type Status = components['schemas']['Status'];
export type Storage = components['schemas']['Storage'];
export type StoredShape = components['schemas']['StoredShape'];
export type TableMatch = components['schemas']['TableMatch'];
export type Tag = components['schemas']['Tag'];
export type TagList = components['schemas']['TagList'];
export type Thumbnails = components['schemas']['Thumbnails'];
export type Token = components['schemas']['Token'];
export type TracedRequest = components['schemas']['TracedRequest'];
export type TracedRequests = components['schemas']['TracedRequests'];
export type Trash = components['schemas']['Trash'];
export type TrashList = components['schemas']['TrashList'];
export type Unlinks = components['schemas']['Unlinks'];
export type Version = components['schemas']['Version'];
export type ViewSettings = components['schemas']['ViewSettings'];
export type Well = components['schemas']['Well'];
export type WellList = components['schemas']['WellList'];
export type Words = components['schemas']['Words'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
