#include "tests/support/perfetto_model.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>
#include <limits>
#include <vector>

namespace loopscope::test {

namespace {

constexpr qint64 noEnd = std::numeric_limits<qint64>::max();

struct Event {
    QJsonObject json;
    char phase = 0;
    qint64 at = 0;     // in ns
    qint64 length = 0; // of complete slices

    [[nodiscard]] QString text(const char *key) const { return json[QLatin1String(key)].toString(); }
    /// A value as a key: numbers and texts are told apart.
    [[nodiscard]] QString key(const char *member) const
    {
        const QJsonValue value = json[QLatin1String(member)];
        return value.isString() ? QLatin1Char('"') + value.toString() : QString::number(value.toDouble(), 'g', 17);
    }
};

struct OpenSlice {
    QString name;
    QString category;
    qint64 end = noEnd;
};

class Model {
public:
    QStringList errors;

    void take(const Event &event)
    {
        switch (event.phase) {
        case 'M':
            return takeMetadata(event);
        case 'B':
        case 'X':
            return takeSlice(event, threadOf(event));
        case 'E':
            return takeEnd(event, threadOf(event));
        case 'b':
        case 'e':
        case 'n':
            return takeAsync(event);
        case 's':
        case 't':
        case 'f':
            return takeFlow(event);
        case 'C':
            return takeCounter(event);
        case 'i':
            return require(event, QStringList({QStringLiteral("t"), QStringLiteral("p"), QStringLiteral("g")}).contains(event.text("s")),
                           "an instant says what it belongs to");
        default:
            require(event, false, "its phase is known");
        }
    }

    void finish()
    {
        for (const auto &[event, thread] : waitingForSlice_)
            require(event, false, "a flow that ends at the next slice has one");
    }

private:
    using Stack = std::vector<OpenSlice>;

    void require(const Event &event, bool isTrue, const char *rule)
    {
        if (!isTrue)
            errors.append(QLatin1String(rule) + QStringLiteral(": ")
                          + QString::fromUtf8(QJsonDocument(event.json).toJson(QJsonDocument::Compact)));
    }

    // A thread without a number is that of its process.
    static QString threadOf(const Event &event)
    {
        return event.key("pid") + QLatin1Char('/') + event.key(event.json.contains(QLatin1String("tid")) ? "tid" : "pid");
    }

    Stack &stackAt(const QString &track, qint64 at)
    {
        Stack &stack = stacks_[track];
        while (!stack.empty() && stack.back().end <= at)
            stack.pop_back();
        return stack;
    }

    void takeMetadata(const Event &event)
    {
        const QJsonValue arguments = event.json[QLatin1String("args")];
        if (event.text("name") == QLatin1String("thread_name") || event.text("name") == QLatin1String("process_name"))
            require(event, !arguments[QLatin1String("name")].toString().isEmpty(), "a name is not empty");
        if (event.text("name").endsWith(QLatin1String("_sort_index")))
            require(event, arguments[QLatin1String("sort_index")].isDouble(), "a sort index is a number");
    }

    void takeSlice(const Event &event, const QString &track)
    {
        Stack &stack = stackAt(track, event.at);
        const qint64 end = event.phase == 'X' ? event.at + event.length : noEnd;
        require(event, event.phase != 'X' || event.length >= 0, "a complete slice has a length");
        require(event, stack.empty() || end <= stack.back().end || stack.back().end == noEnd, "slices of a thread nest");
        stack.push_back({event.text("name"), event.text("cat"), end});
        const auto isHere = [&track](const auto &waiting) { return waiting.second == track; };
        waitingForSlice_.erase(std::remove_if(waitingForSlice_.begin(), waitingForSlice_.end(), isHere), waitingForSlice_.end());
    }

    void takeEnd(const Event &event, const QString &track)
    {
        Stack &stack = stackAt(track, event.at);
        const auto isOfThis = [&event](const OpenSlice &slice) {
            return slice.end == noEnd && slice.name == event.text("name") && slice.category == event.text("cat");
        };
        const auto ended = std::find_if(stack.rbegin(), stack.rend(), isOfThis);
        require(event, !stack.empty() && ended == stack.rbegin(), "an end is that of the innermost slice that was begun");
        if (ended != stack.rend())
            stack.erase(std::next(ended).base());
    }

    void takeAsync(const Event &event)
    {
        require(event, event.json.contains(QLatin1String("pid")), "an operation has a process");
        require(event, event.json[QLatin1String("id")].isDouble() || !event.text("id").isEmpty(), "an operation has an id");
        const QString track =
            QStringLiteral("async") + event.key("pid") + QLatin1Char('/') + event.text("cat") + QLatin1Char('/') + event.key("id");
        if (event.phase == 'b')
            takeSlice(event, track);
        else if (event.phase == 'e')
            takeEnd(event, track);
    }

    void takeFlow(const Event &event)
    {
        require(event, event.json[QLatin1String("id")].isDouble(), "a flow has a number");
        const QString flow = event.text("cat") + QLatin1Char('/') + event.text("name") + QLatin1Char('/') + event.key("id");
        require(event, event.phase == 's' ? !begun_.contains(flow) : begun_.contains(flow), "a flow begins once, and before it ends");
        begun_.insert(flow, true);
        if (event.phase == 'f' && event.text("bp") != QLatin1String("e"))
            waitingForSlice_.emplace_back(event, threadOf(event));
        else
            require(event, !stackAt(threadOf(event), event.at).empty(), "a flow is within a slice");
    }

    void takeCounter(const Event &event)
    {
        const QJsonObject values = event.json[QLatin1String("args")].toObject();
        require(event, !values.isEmpty() && std::all_of(values.begin(), values.end(), [](const QJsonValue &v) { return v.isDouble(); }),
                "a counter has numbers");
    }

    QHash<QString, Stack> stacks_; // by thread or operation
    QHash<QString, bool> begun_;   // flows
    std::vector<std::pair<Event, QString>> waitingForSlice_;
};

qint64 nanoseconds(const QJsonValue &microseconds)
{
    return qRound64(microseconds.toDouble() * 1000);
}

bool isEarlier(const Event &a, const Event &b)
{
    if (a.at != b.at)
        return a.at < b.at;
    return a.phase == 'X' && b.phase == 'X' && a.length > b.length;
}

} // namespace

QStringList refusedByPerfetto(const std::string &json)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    if (error.error != QJsonParseError::NoError)
        return {error.errorString()};
    std::vector<Event> events;
    Model model;
    for (const QJsonValue value : document.object()[QLatin1String("traceEvents")].toArray()) {
        Event event{value.toObject()};
        const QString phase = event.text("ph");
        const bool isTimed = phase != QLatin1String("M");
        if (phase.size() != 1 || (isTimed && !event.json[QLatin1String("ts")].isDouble()))
            model.errors.append(QStringLiteral("an event has a phase and a time"));
        event.phase = phase.isEmpty() ? '?' : phase[0].toLatin1();
        event.at = isTimed ? nanoseconds(event.json[QLatin1String("ts")]) : 0;
        event.length = event.json.contains(QLatin1String("dur")) ? nanoseconds(event.json[QLatin1String("dur")]) : -1;
        events.push_back(std::move(event));
    }
    std::ranges::stable_sort(events, isEarlier);
    for (const Event &event : events)
        model.take(event);
    model.finish();
    return model.errors;
}

} // namespace loopscope::test
