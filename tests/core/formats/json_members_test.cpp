#include "core/formats/json_members.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace loopscope;

namespace {

/// The members of a document that comes in pieces of `step` bytes: "key=value", elements as "[]=value"; and at last whether it was whole.
std::vector<std::string> membersOf(std::string_view text, std::size_t step)
{
    JsonMembers members([&text, step](char *to, std::size_t most) {
        const std::size_t taken = std::min({most, step, text.size()});
        std::copy_n(text.data(), taken, to);
        text.remove_prefix(taken);
        return taken;
    });
    std::vector<std::string> told;
    JsonMembers::Member member;
    while (members.next(member))
        told.push_back((member.isElement ? "[]" : std::string(member.key)) + '=' + std::string(member.value));
    told.emplace_back(members.isWhole() ? "whole" : "broken");
    return told;
}

} // namespace

class JsonMembersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDocumentIsCutIntoItsMembers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("members");
        const auto row = [](const char *text, const QByteArrayList &members) {
            // With ' for ", which is easier to read.
            QByteArrayList quoted;
            for (QByteArray member : members)
                quoted.append(member.replace('\'', '"'));
            QTest::newRow(text) << QByteArray(text).replace('\'', '"') << quoted;
        };
        row("{}", {"whole"});
        row("{'a':{'b':[1,']']},'c':17}", {"a={'b':[1,']']}", "c=17", "whole"});
        row(" {\n'a' : 'x\\'}' } ", {"a='x\\'}'", "whole"});
        row("{'traceEvents':[{'a':1},{'b':'\\\\'},3],'z':null}", {"[]={'a':1}", "[]={'b':'\\\\'}", "[]=3", "z=null", "whole"});
        row("{'traceEvents':[{'a':1},]}", {"[]={'a':1}", "whole"});
        row("{'traceEvents':[{'a':1},{'b", {"[]={'a':1}", "broken"});
        row("{'traceEvents':{'a':[]}}", {"traceEvents={'a':[]}", "whole"});
        row("[1]", {"broken"});
        row("", {"broken"});
        row("{'a'", {"broken"});
        row("{'a' 1}", {"broken"});
        row("{'a':}", {"broken"});
        row("{17:1}", {"broken"});
    }

    void aDocumentIsCutIntoItsMembers()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArrayList, members);
        for (const std::size_t step : {std::size_t(1), std::size_t(3), std::size_t(1000)}) {
            QByteArrayList told;
            for (const std::string &member : membersOf({text.constData(), static_cast<std::size_t>(text.size())}, step))
                told.append(QByteArray::fromStdString(member));
            QCOMPARE(told, members);
        }
    }

    void aMemberTellsItsPlace()
    {
        std::string_view text = "{\"traceEvents\":[{},{\"a\":1}]}";
        JsonMembers members([&text](char *to, std::size_t) {
            const std::size_t taken = text.size();
            std::copy_n(text.data(), taken, to);
            text = {};
            return taken;
        });
        JsonMembers::Member member;
        QVERIFY(members.next(member) && members.next(member));
        QCOMPARE(member.at, std::uint64_t(19));
    }

    void aValueLongerThanAnyIsTheEnd()
    {
        std::size_t given = 0;
        JsonMembers members([&given](char *to, std::size_t most) {
            std::fill_n(to, most, 'x');
            if (given == 0)
                std::copy_n("{\"", 2, to);
            given += most;
            return most;
        });
        JsonMembers::Member member;
        QVERIFY(!members.next(member));
        QVERIFY(given < 4 * JsonMembers::largestValue);
    }
};

QTEST_GUILESS_MAIN(JsonMembersTest)
#include "json_members_test.moc"
